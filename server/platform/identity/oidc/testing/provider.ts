import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Certified } from '../../../testing/certificates.ts';
import type { OidcConfig } from '../config.ts';
import { trustingFetch } from '../trusting-fetch.ts';

type Claims = Readonly<Record<string, unknown>>;
/** What the wire does to the provider's answers: its identities are real, then changed and signed again. */
export interface Tampering {
  readonly claims?: (claims: Claims) => Claims;
  /** `withdrawn`: a key the provider once had and publishes no more. `stranger`: a key of nobody under the name of the one published. */
  readonly signedBy?: 'published' | 'withdrawn' | 'stranger';
  readonly discovery?: (document: Claims) => Claims;
  readonly isDown?: boolean;
  /** A gateway's page instead of an answer. */
  readonly isBroken?: boolean;
}

/** 真的认证平台 on this machine, behind a wire that can be told to lie. */
export interface TestProvider {
  readonly config: OidcConfig;
  tamper(how: Tampering): void;
  /** Asked since the last time: paths, so that a test sees what was fetched. */
  readonly asked: string[];
  /** Signs in there as somebody, as a browser would, and answers the address it is sent back to. */
  visit(address: string, as: string | null): Promise<URL>;
  /** Leaves there, as a browser that is signed in no more would: its pages send themselves. */
  leave(address: string): Promise<URL>;
  stop(): Promise<void>;
}

const CLIENT = { id: 'shanzhi-test', secret: 'a-secret-between-the-two-of-them' };

/** 启动认证平台; `redirectUri` is where it sends people back. With `tls` it speaks https, and browsers believe `root`. */
export async function startProvider(redirectUri: string, tls?: { readonly server: Certified; readonly root: string }): Promise<TestProvider> {
  const published = newKey('published');
  const withdrawn = newKey('withdrawn');
  const stranger = { ...newKey('stranger'), kid: 'published' };
  const keys = { published, withdrawn, stranger };
  let how: Tampering = {};
  const asked: string[] = [];
  let inner = 0;

  const take = (incoming: IncomingMessage, answer: ServerResponse): void => { void relay(incoming, answer, { inner, how, keys, asked, scheme }); };
  const scheme = tls === undefined ? 'http' : 'https';
  const outer: Server = tls === undefined ? createServer(take) : createSecure({ ...tls.server }, take);
  const ask: Ask = tls === undefined ? fetch : (at, { method = 'GET', headers = {}, body } = {}) => trustingFetch(tls.root)(at, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) }, body, redirect: 'manual' });
  const issuer = `${scheme}://127.0.0.1:${String(await listening(outer))}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri], post_logout_redirect_uris: [redirectUri.replace(/\/oidc$/u, '')], response_types: ['code'], grant_types: ['authorization_code'], id_token_signed_response_alg: 'RS256' }],
    jwks: { keys: [{ ...published.key.export({ format: 'jwk' }), kid: 'published', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['for tests only'] }, ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 60, IdToken: 600, AuthorizationCode: 60 }, features: { devInteractions: { enabled: true } }, pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  });
  provider.proxy = true;
  const server = createServer(provider.callback());
  inner = await listening(server);
  return {
    config: { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, clientSecretFile: undefined, name: '浙政钉', scopes: 'openid' },
    asked, tamper: (next) => { how = next; },
    visit: (address, as) => visit(address, as, { redirectUri, ask }),
    leave: (address) => leave(address, ask),
    stop: async () => { await Promise.all([closed(outer), closed(server)]); },
  };
}

/** How a browser asks: by `fetch`, or by one that believes the test's own root. */
type Ask = (at: string, options?: { readonly redirect?: 'manual'; readonly method?: string; readonly headers?: Record<string, string>; readonly body?: URLSearchParams }) => Promise<Response>;

interface Key { readonly kid: string; readonly key: KeyObject }
const newKey = (kid: string): Key => ({ kid, key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey });

const listening = (server: Server): Promise<number> => new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)); });
const closed = (server: Server): Promise<void> => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); });

interface Wire { readonly inner: number; readonly how: Tampering; readonly keys: Readonly<Record<'published' | 'withdrawn' | 'stranger', Key>>; readonly asked: string[]; readonly scheme: 'http' | 'https' }

async function relay(incoming: IncomingMessage, answer: ServerResponse, { inner, how, keys, asked, scheme }: Wire): Promise<void> {
  const path = incoming.url?.split('?')[0] ?? '';
  asked.push(path);
  if (how.isDown === true) { incoming.socket.destroy(); return; }
  if (how.isBroken === true) { answer.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>'); return; }
  const body = await readAll(incoming);
  const real = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: inner, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, 'x-forwarded-proto': scheme } }, resolve).on('error', reject).end(body);
  });
  const told = await readAll(real);
  const changed = changedBy(path, told, how, keys);
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = real.headers;
  answer.writeHead(real.statusCode ?? 500, { ...headers, 'content-length': String(changed.length) }).end(changed);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function changedBy(path: string, told: Buffer, { claims, signedBy, discovery }: Tampering, keys: Wire['keys']): Buffer {
  if (path === '/.well-known/openid-configuration' && discovery) return Buffer.from(JSON.stringify(discovery(JSON.parse(told.toString()))));
  if (path !== '/token' || (claims === undefined && signedBy === undefined)) return told;
  const tokens: { id_token?: string } = JSON.parse(told.toString());
  if (tokens.id_token === undefined) return told;
  const real: Claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString());
  return Buffer.from(JSON.stringify({ ...tokens, id_token: signed(claims?.(real) ?? real, keys[signedBy ?? 'published']) }));
}

function signed(claims: Claims, { kid, key }: Key): string {
  const parts = [{ alg: 'RS256', typ: 'JWT', kid }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${createSign('RSA-SHA256').update(parts).sign(key).toString('base64url')}`;
}

/** Follows the provider's pages, filling its forms; null turns back at the first of them. */
async function visit(address: string, as: string | null, { redirectUri, ask }: { readonly redirectUri: string; readonly ask: Ask }): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = address;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 12; step += 1) {
    const answer: Response = await ask(at, { redirect: 'manual', headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }, ...(form === null ? {} : { method: 'POST', body: form }) });
    for (const cookie of answer.headers.getSetCookie()) { const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/su); cookies.set(name, value); }
    const location = answer.headers.get('location');
    const page = await answer.text();
    form = null;
    if (location !== null) {
      at = new URL(location, at).href;
      if (at.startsWith(redirectUri)) return new URL(at);
    } else if (as === null) at = new URL(/href="([^"]*abort)"/.exec(page)?.[1] ?? '', at).href;
    else {
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (prompt === undefined) throw new Error(`the provider shows no form: ${String(answer.status)} ${page.slice(0, 300)}`);
      at = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', at).href;
      form = new URLSearchParams({ prompt, login: as, password: 'any' });
    }
  }
  throw new Error('the provider does not come to an end');
}

/** The page of leaving, and the form on it, to the address it leads back to. */
async function leave(address: string, ask: Ask): Promise<URL> {
  const page = await ask(address);
  const html = await page.text();
  const fields = new URLSearchParams([...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, value]));
  const action = /action="([^"]+)"/u.exec(html)?.[1];
  if (action === undefined) throw new Error(`the provider shows no form: ${String(page.status)} ${html.slice(0, 300)}`);
  const cookie = page.headers.getSetCookie().map((each) => each.split(';')[0] ?? '').join('; ');
  const answer = await ask(new URL(action, address).href, { method: 'POST', body: fields, redirect: 'manual', headers: { cookie } });
  return new URL(answer.headers.get('location') ?? '');
}
