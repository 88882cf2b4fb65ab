import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartRefused } from '../../db/embedded-refusal.ts';
import { readAuthorityFile } from '../../outgoing/authority-file.ts';

/** 统一身份认证的配置. */
export interface OidcConfig {
  /** The provider's issuer, exactly as it calls itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly clientSecretFile: string | undefined;
  /** What the button on the sign-in page says: 用「…」登录. */
  readonly name: string;
  /** `openid` alone unless the provider wants more: nothing but the subject is used. */
  readonly scopes: string;
  /** The office's own root certificate (PEM), believed for the provider beside the usual ones. */
  readonly authority?: string;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** 是否本机地址: the only place where http is taken for an issuer. */
export const isLoopback = (issuer: string): boolean => URL.canParse(issuer) && LOOPBACK.has(new URL(issuer).hostname);

/** 读取统一身份认证的配置: null when none of it is set; every mistake is told through `refuse`. */
export function readOidcConfig(given: (name: string) => string | undefined, { cwd, authority }: { cwd: string; /** Of all ways out, where the provider has none of its own. */ authority?: string | undefined }, refuse: (sentence: string) => void): OidcConfig | null {
  const [issuer, clientId] = [given('SHANZHI_OIDC_ISSUER'), given('SHANZHI_OIDC_CLIENT_ID')];
  const [clientSecret, secretFile] = [given('SHANZHI_OIDC_CLIENT_SECRET'), given('SHANZHI_OIDC_CLIENT_SECRET_FILE')];
  const [givenName, givenScopes, authorityFile] = [given('SHANZHI_OIDC_NAME'), given('SHANZHI_OIDC_SCOPES'), given('SHANZHI_OIDC_CA_FILE')];
  if ([issuer, clientId, clientSecret, secretFile, givenName, givenScopes, authorityFile].every((each) => each === undefined)) return null;
  const name = givenName ?? '统一身份认证';
  const scopes = givenScopes ?? 'openid';
  if (issuer === undefined) refuse('SHANZHI_OIDC_ISSUER 没有设置：启用统一身份认证时要写认证平台的地址（issuer），不用时请去掉其他 SHANZHI_OIDC_ 开头的项。');
  else if (!isIssuer(issuer)) refuse(`SHANZHI_OIDC_ISSUER 应是 https 开头的网址，后面不带 ? 和 #（http 只能用于本机试验），不能是「${issuer}」。`);
  if (clientId === undefined) refuse('SHANZHI_OIDC_CLIENT_ID 没有设置：请填写认证平台分配的客户端编号。');
  if (clientSecret !== undefined && secretFile !== undefined) refuse('SHANZHI_OIDC_CLIENT_SECRET 与 SHANZHI_OIDC_CLIENT_SECRET_FILE 只能设置一个。');
  if (clientSecret === undefined && secretFile === undefined) refuse('SHANZHI_OIDC_CLIENT_SECRET 没有设置：请填写认证平台分配的客户端密钥，或用 SHANZHI_OIDC_CLIENT_SECRET_FILE 指明存放它的文件。');
  if (name.length > 20) refuse(`SHANZHI_OIDC_NAME 不超过 20 个字，例如 浙政钉，不能是「${name}」。`);
  if (!scopes.split(/\s+/u).includes('openid') || !/^[\x21\x23-\x5B\x5D-\x7E]+(?:\s+[\x21\x23-\x5B\x5D-\x7E]+)*$/u.test(scopes)) refuse(`SHANZHI_OIDC_SCOPES 应包含 openid，多项用空格隔开，不能是「${scopes}」。`);
  if (issuer !== undefined && !isLoopback(issuer) && given('SHANZHI_ORIGIN') === undefined) refuse('SHANZHI_ORIGIN 没有设置：启用统一身份认证时要写用户访问的网址，认证平台据此把人送回来。');
  const believed = readAuthorityFile('SHANZHI_OIDC_CA_FILE', authorityFile, cwd, refuse) ?? authority;
  return {
    issuer: issuer ?? '', clientId: clientId ?? '', clientSecret, clientSecretFile: secretFile === undefined ? undefined : resolve(cwd, secretFile), name, scopes, ...(believed === undefined ? {} : { authority: believed }),
  };
}

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text));
}

/** 客户端密钥 as configured. @throws StartRefused when its file is missing, empty or open to others */
export function clientSecretOf({ clientSecret, clientSecretFile: file }: OidcConfig): string {
  if (clientSecret !== undefined || file === undefined) return clientSecret ?? '';
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new StartRefused(`客户端密钥文件「${file}」对其他用户可读，请执行 chmod 600 后再启动。`);
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`读不到客户端密钥文件「${file}」，请核对 SHANZHI_OIDC_CLIENT_SECRET_FILE。`, { cause: error });
  }
  if (text === '') throw new StartRefused(`客户端密钥文件「${file}」是空的，请填入认证平台分配的客户端密钥。`);
  return text;
}
