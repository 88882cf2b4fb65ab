import * as client from 'openid-client';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { clientSecretOf, isLoopback, type OidcConfig } from './config.ts';
import { wordsOf } from './provider-words.ts';
import { trustingFetch } from './trusting-fetch.ts';

/** What one sign-in at the provider is tied to; all three are made for it alone. */
export interface Ties { readonly state: string; readonly nonce: string; readonly verifier: string }
/** Who the provider says it is. */
export interface Outsider { readonly issuer: string; readonly subject: string }

/** The same, with the provider's own words of it: shown there again when the person leaves. */
export interface Identified extends Outsider { readonly idToken: string }

/** 统一身份认证平台, as one configured client of it. */
export interface OidcProvider {
  readonly name: string;
  readonly issuer: string;
  /** Where to send the browser. @throws ProviderError */
  addressOf(ties: Ties, redirectUri: string, now: Instant): Promise<string>;
  /** Exchanges the provider's answer and checks all of it: state, issuer, code, signature, audience, times, nonce. @throws ProviderError */
  identify(answer: URL, ties: Ties, now: Instant): Promise<Identified>;
  /** Where to send a browser that is to leave the provider too (RP-initiated logout), and which page it comes back to; null where the provider has no such place. Shown the identity it gave, the provider knows whom to let out. @throws ProviderError */
  leaveAddressOf(backTo: string, idToken: string | null, now: Instant): Promise<string | null>;
}

const SECONDS = 5;
/** How long what the provider said of itself on somebody's way out serves those on their way back. Its keys are never kept: one withdrawn opens nothing at once. */
const KEPT_MS = 3_600_000;

/** 打开统一身份认证; nothing is fetched before somebody signs in by it. @throws StartRefused when the secret's file cannot be read */
export function openProvider(config: OidcConfig): OidcProvider {
  const secret = clientSecretOf(config);
  const isLocal = isLoopback(config.issuer) && config.issuer.startsWith('http:');
  const asking = config.authority !== undefined && !isLocal ? { [client.customFetch]: trustingFetch(config.authority) } : {};
  let known: { readonly metadata: client.ServerMetadata; readonly until: number } | null = null;

  const discovered = async (now: Instant): Promise<client.ServerMetadata> => {
    const found = await client.discovery(new URL(config.issuer), config.clientId, secret, undefined, { timeout: SECONDS, execute: isLocal ? [client.allowInsecureRequests] : [], ...asking });
    known = { metadata: found.serverMetadata(), until: epochOf(now) + KEPT_MS };
    return known.metadata;
  };

  /** A client made for one exchange, so that the provider's present keys are asked for, and the signature of an identity is always checked. */
  const freshClient = (metadata: client.ServerMetadata): client.Configuration => {
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const fresh = new client.Configuration(metadata, config.clientId, secret, methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret));
    fresh.timeout = SECONDS;
    Object.assign(fresh, asking);
    client.enableNonRepudiationChecks(fresh);
    if (isLocal) client.allowInsecureRequests(fresh);
    return fresh;
  };

  /** What failed may have failed for what we kept of the provider: it is asked for anew. */
  const orForget = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      known = null;
      throw wordsOf(error);
    }
  };

  return {
    name: config.name, issuer: config.issuer,
    // Asked on every way out: nobody is sent to a page that does not open.
    addressOf: (ties, redirectUri, now) => orForget(async () => client.buildAuthorizationUrl(freshClient(await discovered(now)), {
      redirect_uri: redirectUri, scope: config.scopes, state: ties.state, nonce: ties.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(ties.verifier), code_challenge_method: 'S256',
    }).href),
    leaveAddressOf: (backTo, idToken, now) => orForget(async () => {
      const metadata = await discovered(now);
      return metadata.end_session_endpoint === undefined ? null : client.buildEndSessionUrl(freshClient(metadata), { post_logout_redirect_uri: backTo, ...(idToken === null ? {} : { id_token_hint: idToken }) }).href;
    }),
    identify: (answer, ties, now) => orForget(async () => {
      const metadata = known !== null && epochOf(now) < known.until ? known.metadata : await discovered(now);
      const tokens = await client.authorizationCodeGrant(freshClient(metadata), answer, { expectedState: ties.state, expectedNonce: ties.nonce, pkceCodeVerifier: ties.verifier, idTokenExpected: true });
      const claims = tokens.claims();
      if (claims === undefined || tokens.id_token === undefined) throw new Error('the library answered without an identity that it was told to expect');
      return { issuer: claims.iss, subject: claims.sub, idToken: tokens.id_token };
    }),
  };
}

/** 一次登录的标记, each of 256 random bits. */
export const newTies = (): Ties => ({ state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() });
