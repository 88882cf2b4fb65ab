import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { certificateWords } from '../../outgoing/trust.ts';
import { ProviderError } from './provider-error.ts';

const CLAIMS: Readonly<Record<string, string>> = {
  iss: '签发方不是所配置的认证平台', aud: '身份凭证不是发给本系统的', azp: '身份凭证不是发给本系统的', nonce: '身份凭证不是为这次登录签发的', exp: '身份凭证已经过期', iat: '身份凭证的签发时间不对', nbf: '身份凭证还没有生效',
};
const ANSWERS: Readonly<Record<string, string>> = {
  access_denied: '在认证平台上取消了登录，或没有权限使用本系统', login_required: '认证平台要求重新登录', temporarily_unavailable: '认证平台暂时不可用', server_error: '认证平台出错',
};
const TOKENS: Readonly<Record<string, string>> = {
  invalid_grant: '这次登录已经用过或已经过期', invalid_client: '认证平台不认本系统的客户端编号或密钥', unauthorized_client: '认证平台不许本系统这样登录',
};

/** 出错的原因 in words; whatever is not of the library's or the network's is thrown on as it is. */
export function wordsOf(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof AuthorizationResponseError) return new ProviderError(ANSWERS[error.error] ?? '认证平台没有同意这次登录', false, { cause: error });
  if (error instanceof ResponseBodyError) return error.status >= 500 ? down(error) : new ProviderError(TOKENS[error.error] ?? '认证平台没有同意这次登录', false, { cause: error });
  const claim = claimIn(error);
  if (claim !== null) return new ProviderError(CLAIMS[claim] ?? '身份凭证的内容不对', false, { cause: error });
  const certificate = certificateIn(error);
  if (certificate !== null) return new ProviderError(certificate, true, { cause: error });
  if (isDown(error)) return down(error);
  if (!(error instanceof ClientError)) throw error;
  if (error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return new ProviderError('认证平台自称的名称与所配置的不同', false, { cause: error });
  return new ProviderError(isAboutToken(error) ? '身份凭证的签名或格式不对' : '认证平台的回答与这次登录对不上', false, { cause: error });
}

const down = (cause: unknown) => new ProviderError('认证平台连不上或没有按时回答', true, { cause });

const isAboutToken = (error: unknown): boolean => causesOf(error).some((one) => /JWT|JWS|ID Token|signature|key/i.test(one.message));

/** An error and all that it says it came from. */
function causesOf(error: unknown, depth = 0): Error[] {
  return error instanceof Error && depth < 5 ? [error, ...causesOf(error.cause, depth + 1)] : [];
}

/** A certificate that is not to be believed: asking again does not help, a file does. */
function certificateIn(error: unknown): string | null {
  for (const one of causesOf(error)) {
    const words = 'code' in one ? certificateWords(String(one.code), '认证平台', { undone: '没有连接', variable: 'SHANZHI_OIDC_CA_FILE' }) : null;
    if (words !== null) return words;
  }
  return null;
}

/** The claim of the identity that was not as it must be. */
function claimIn(error: unknown): string | null {
  for (const { cause } of causesOf(error)) if (typeof cause === 'object' && cause !== null && 'claim' in cause && typeof cause.claim === 'string') return cause.claim;
  return null;
}

const DOWN = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']);

/** No answer, a late one, or one that is not the provider's at all (a gateway's page of errors). */
const isDown = (error: unknown): boolean =>
  causesOf(error).some((one) => ('code' in one && typeof one.code === 'string' && DOWN.has(one.code)) || (one instanceof TypeError && one.message === 'fetch failed'));
