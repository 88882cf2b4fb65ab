import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';

/** 每分钟请求上限: of one signed-in session, and of one address whose requests carry none. Null is no limit. */
export interface RateLimits { readonly perSession: number | null; readonly perAddress: number | null }

/** 运行配置 of limits, logs and what watches the process. */
export interface OperationsConfig {
  /** 反向代理: whose `X-Forwarded-For` is believed; addresses and CIDR blocks, or `loopback`. Empty believes nobody. */
  readonly trustProxy: readonly string[];
  readonly limits: RateLimits;
  /** 指标: a listener of its own on 127.0.0.1; null is none. */
  readonly metricsPort: number | null;
  /** With it `/metrics` is also answered on the public port, to whoever shows it. */
  readonly metricsToken: string | undefined;
  /** 慢查询 from so many milliseconds on; null notes none. */
  readonly slowMs: number | null;
  /** 运行日志: folder of the daily files; null writes everything to the standard output, for journald or a container. */
  readonly logFolder: string | null;
  readonly logDays: number;
  /** 搜索引擎可收录什么: the public pages, or nothing. */
  readonly robots: 'public' | 'none';
}

type Given = (name: string) => string | undefined;
type Refuse = (sentence: string) => void;

/** 日志留存不少于六个月 (cybersecurity-2017); no six months in a row have more days. */
const LEAST_LOG_DAYS = 184;
const TOKEN_LENGTH = 16;

/** 读取运行配置; every mistake is told through `refuse`. */
export function readOperationsConfig(given: Given, { cwd, dataDir, port }: { cwd: string; dataDir: string; port: number }, refuse: Refuse): OperationsConfig {
  const number = (name: string, usual: string, { least, most, off }: { least: number; most: number; off: boolean }): number | null => {
    const text = given(name) ?? usual;
    if (off && text === 'off') return null;
    if (/^\d{1,9}$/u.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    refuse(`${name} 应是 ${String(least)} 到 ${String(most)} 之间的整数${off ? '，或 off' : ''}，不能是「${text}」。`);
    return null;
  };
  const metricsPort = number('SHANZHI_METRICS_PORT', 'off', { least: 1, most: 65_535, off: true });
  if (metricsPort !== null && metricsPort === port) refuse('SHANZHI_METRICS_PORT 不能与 PORT 相同：指标不放在公开的端口上，请换一个端口。');
  const metricsToken = given('SHANZHI_METRICS_TOKEN');
  if (metricsToken !== undefined && metricsToken.length < TOKEN_LENGTH) refuse(`SHANZHI_METRICS_TOKEN 太短，至少要 ${String(TOKEN_LENGTH)} 个字符；可用 openssl rand -hex 32 生成。`);
  const folder = given('SHANZHI_LOG_DIR');
  const robots = given('SHANZHI_ROBOTS') ?? 'public';
  if (robots !== 'public' && robots !== 'none') refuse(`SHANZHI_ROBOTS 只能是 public（搜索引擎可收录公开信息）或 none（都不收录），不能是「${robots}」。`);
  return {
    trustProxy: readProxies(given('SHANZHI_TRUST_PROXY') ?? 'loopback', refuse),
    limits: {
      perSession: number('SHANZHI_RATE_SESSION', '1200', { least: 10, most: 1_000_000, off: true }),
      perAddress: number('SHANZHI_RATE_ADDRESS', '600', { least: 10, most: 1_000_000, off: true }),
    },
    metricsPort, metricsToken,
    slowMs: number('SHANZHI_SLOW_MS', '500', { least: 1, most: 60_000, off: true }),
    logFolder: folder === 'stdout' ? null : resolve(cwd, folder ?? resolve(dataDir, 'logs')),
    logDays: number('SHANZHI_LOG_DAYS', '200', { least: LEAST_LOG_DAYS, most: 3660, off: false }) ?? LEAST_LOG_DAYS,
    robots: robots === 'none' ? 'none' : 'public',
  };
}

/** A proxy believed by mistake lets anybody call himself anybody: only words and addresses that can be checked. */
function readProxies(text: string, refuse: Refuse): string[] {
  if (text === 'none') return [];
  const names = text.split(',').map((each) => each.trim()).filter((each) => each !== '');
  const wrong = names.find((each) => each !== 'loopback' && !isBlock(each));
  if (wrong === undefined && names.length > 0) return names;
  refuse(`SHANZHI_TRUST_PROXY 应是反向代理的地址或网段（如 10.0.0.5 或 10.0.0.0/24，多个用逗号隔开）、loopback 或 none，不能是「${wrong ?? text}」。`);
  return [];
}

function isBlock(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (length === undefined) return true;
  // A block of everything would believe everybody.
  if (!/^\d{1,3}$/u.test(length) || Number(length) < 8) return false;
  try {
    new BlockList().addSubnet(address, Number(length), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
