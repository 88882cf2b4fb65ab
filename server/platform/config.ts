import { resolve } from 'node:path';
import { isRange, type OutgoingRules } from './outgoing/address.ts';
import { readAuthorityFile } from './outgoing/authority-file.ts';
import { readBackupConfig, type BackupConfig } from './backup/config.ts';
import { readOidcConfig, type OidcConfig } from './identity/oidc/config.ts';
import { readOperationsConfig, type OperationsConfig } from './config-operations.ts';

/** The variables that `readConfig` reads. */
export type Env = Readonly<Record<string, string | undefined>>;

/** 运行配置:everything a process of the product may be told from outside, checked. */
export interface Config {
  /** Demo accounts and the demo county exist only in `demo`. */
  readonly mode: 'demo' | 'production';
  readonly host: string;
  readonly port: number;
  /** Public address of the site without a trailing slash: links, QR codes and the CSRF check use it. */
  readonly origin: string;
  /** Undefined means the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Absolute folder for the embedded database, uploaded files and the secret. */
  readonly dataDir: string;
  /** The secret itself when given by SHANZHI_SECRET; else it is read from, or made in, `secretFile`. */
  readonly secret: string | undefined;
  readonly secretFile: string;
  /** Digest of the audit chain. */
  readonly hash: 'sha256' | 'sm3';
  /** Off for a pooler that cannot carry named statements (PgBouncer before 1.21). */
  readonly namedStatements: boolean;
  readonly backup: BackupConfig;
  /** Null when people sign in by password only. */
  readonly oidc: OidcConfig | null;
  /** Addresses of the machine itself or of reserved ranges that notices may be sent to all the same, and whose certificates are believed. */
  readonly outgoing: OutgoingRules;
  readonly operations: OperationsConfig;
}

/** 配置有误:all mistakes of a configuration together, one sentence each. */
export class ConfigMistakes extends Error {
  override readonly name = 'ConfigMistakes';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** Least length of a secret given by hand, in characters. */
const SECRET_LENGTH = 32;

/**
 * 读取配置:the configuration that `env` describes; an empty variable counts as absent.
 * @throws ConfigMistakes naming every mistake, never only the first
 */
export function readConfig(env: Env, cwd: string = process.cwd()): Config {
  const mistakes: string[] = [];
  const refuse = (sentence: string): void => { mistakes.push(sentence); };
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;

  const host = given('HOST') ?? '127.0.0.1';
  if (!/^(?:[A-Za-z0-9.-]+|[0-9A-Fa-f:]+)$/u.test(host)) refuse(`HOST 应是 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0，不能是「${host}」。`);
  const port = readPort(given('PORT'), refuse);
  const databaseUrl = given('DATABASE_URL');
  if (databaseUrl !== undefined) checkDatabaseUrl(databaseUrl, refuse);
  const demo = readSwitch('SHANZHI_DEMO', given('SHANZHI_DEMO'), ['1', '0'], refuse);
  const nodeEnv = readSwitch('NODE_ENV', given('NODE_ENV'), ['production', 'development', 'test'], refuse);
  if (nodeEnv === 'production' && demo === '1') refuse('NODE_ENV=production 与 SHANZHI_DEMO=1 不能同时设置：正式环境不能带演示账号，请去掉其中一个。');
  const production = demo === '0' || nodeEnv === 'production' || (databaseUrl !== undefined && demo !== '1');
  const hash = readSwitch('SHANZHI_HASH', given('SHANZHI_HASH'), ['sha256', 'sm3'], refuse);
  const named = readSwitch('SHANZHI_PG_NAMED_STATEMENTS', given('SHANZHI_PG_NAMED_STATEMENTS'), ['on', 'off'], refuse);
  const origin = readOrigin(given('SHANZHI_ORIGIN'), host, port, refuse);
  const dataDir = resolve(cwd, given('SHANZHI_DATA') ?? 'data');
  const secret = given('SHANZHI_SECRET');
  if (secret !== undefined && secret.length < SECRET_LENGTH) refuse(`SHANZHI_SECRET 太短，至少要 ${String(SECRET_LENGTH)} 个字符；可用 openssl rand -base64 32 生成。`);
  if (secret !== undefined && given('SHANZHI_SECRET_FILE') !== undefined) refuse('SHANZHI_SECRET 与 SHANZHI_SECRET_FILE 只能设置一个。');

  const backup = readBackupConfig(given, { cwd, dataDir }, refuse);
  const authority = readAuthorityFile('SHANZHI_CA_FILE', given('SHANZHI_CA_FILE'), cwd, refuse);
  const oidc = readOidcConfig(given, { cwd, authority }, refuse);
  const outgoing = { ...readOutgoing(given('SHANZHI_OUTGOING_ALLOW'), refuse), ...(authority === undefined ? {} : { authority }) };
  const operations = readOperationsConfig(given, { cwd, dataDir, port }, refuse);

  if (mistakes.length > 0) throw new ConfigMistakes(mistakes);
  return {
    mode: production ? 'production' : 'demo', host, port, origin, databaseUrl, dataDir,
    secret, secretFile: resolve(cwd, given('SHANZHI_SECRET_FILE') ?? resolve(dataDir, 'secret.key')),
    hash: hash ?? 'sha256', namedStatements: named !== 'off', backup, oidc, outgoing, operations,
  };
}

type Refuse = (sentence: string) => void;

function readOutgoing(text: string | undefined, refuse: Refuse): OutgoingRules {
  const allow = (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
  const wrong = allow.find((part) => !isRange(part));
  if (wrong !== undefined) refuse(`SHANZHI_OUTGOING_ALLOW 应是用逗号分开的 IP 地址或网段，例如 127.0.0.1,169.254.10.0/24，不能有「${wrong}」。`);
  return { allow: wrong === undefined ? allow : [] };
}

function readPort(text: string | undefined, refuse: Refuse): number {
  const port = Number(text ?? '8080');
  if (/^\d+$/u.test(text ?? '8080') && port >= 1 && port <= 65_535) return port;
  refuse(`PORT 应是 1 到 65535 之间的整数，不能是「${String(text)}」。`);
  return 8080;
}

function checkDatabaseUrl(text: string, refuse: Refuse): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const whole = url !== undefined && /^postgres(?:ql)?:$/u.test(url.protocol) && (url.hostname !== '' || url.searchParams.has('host')) && url.pathname.length > 1;
  // The address holds a password: it is never repeated in a message.
  if (!whole) refuse('DATABASE_URL 应写成 postgres://<用户名>:<密码>@<主机>:<端口>/<数据库名>，请检查。');
}

function readSwitch<const T extends string>(name: string, text: string | undefined, choices: readonly T[], refuse: Refuse): T | undefined {
  const chosen = choices.find((choice) => choice === text);
  if (text !== undefined && chosen === undefined) refuse(`${name} 只能是 ${choices.join('、')} 之一，不能是「${text}」。`);
  return chosen;
}

function readOrigin(text: string | undefined, host: string, port: number, refuse: Refuse): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const usual = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}${port === 80 ? '' : `:${String(port)}`}`;
  if (text === undefined) return usual;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/u.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '') return url.origin;
  refuse(`SHANZHI_ORIGIN 应是用户访问的网址，例如 https://wuye.example.gov.cn，后面不带路径，不能是「${text}」。`);
  return usual;
}
