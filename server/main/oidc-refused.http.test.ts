import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Tampering } from '#platform/identity/oidc/testing/provider.ts';
import { oidcDesk } from './testing/oidc.ts';

const { provider, kit, Browser, bound, entries, begin, stop } = await oidcDesk();
afterAll(stop);
beforeEach(begin);

describe('what the provider says is refused', () => {
  const hour = () => Math.floor(Date.parse(kit.kit.clock.now()) / 1000) - 3_600;
  test.each<[string, () => Tampering, RegExp]>([
    ['by another issuer', () => ({ claims: (claims) => ({ ...claims, iss: 'https://elsewhere.example' }) }), /签发方/u],
    ['for another audience', () => ({ claims: (claims) => ({ ...claims, aud: 'another-system' }) }), /不是发给本系统/u],
    ['for one more audience', () => ({ claims: (claims) => ({ ...claims, aud: [claims['aud'], 'another-system'] }) }), /不是发给本系统/u],
    ['for another sign-in (nonce)', () => ({ claims: (claims) => ({ ...claims, nonce: 'n-of-another-one' }) }), /不是为这次登录/u],
    ['without a nonce', () => ({ claims: ({ nonce: _nonce, ...claims }) => claims }), /身份凭证|对不上/u],
    ['after it has expired', () => ({ claims: (claims) => ({ ...claims, iat: hour() - 60, exp: hour() }) }), /已经过期/u],
    ['signed by a key it publishes no more', () => ({ signedBy: 'withdrawn' }), /签名/u],
    ['signed by somebody else under the name of its key', () => ({ signedBy: 'stranger' }), /签名/u],
  ])('%s', async (_what, tampering, words) => {
    const subject = await bound('leader');
    provider.tamper(tampering());
    const browser = new Browser();
    const answer = await browser.come(subject);
    expect(answer).toMatchObject({ status: 401, body: { code: 'oidc.refused', detail: expect.stringMatching(words) } });
    expect(browser.jar.has('shanzhi_session')).toBe(false);
    expect((await entries('oidc.refuse')).at(-1)?.reason).toMatch(words);
    provider.tamper({});
    expect((await browser.come(subject)).status).toBe(200);
  });

  test('and changed in nothing but signed again by its own key, it is taken: the wire itself changes nothing', async () => {
    const subject = await bound('leader');
    provider.tamper({ claims: (claims) => claims, signedBy: 'published' });
    expect((await new Browser().come(subject)).status).toBe(200);
  });

  test('its keys are asked for at each sign-in, so that a key withdrawn a minute ago opens nothing', async () => {
    const subject = await bound('leader');
    provider.asked.length = 0;
    expect((await new Browser().come(subject)).status).toBe(200);
    expect((await new Browser().come(subject)).status).toBe(200);
    expect(provider.asked.filter((path) => path === '/jwks')).toHaveLength(2);
  });
});

describe('the way back belongs to the browser that went out', () => {
  test('another browser’s answer opens nothing, with or without a visit of its own', async () => {
    const subject = await bound('leader');
    const attacker = new Browser();
    const answer = await attacker.goOut(subject);
    const victim = new Browser();
    expect(await victim.comeBack(answer)).toMatchObject({ status: 401, body: { code: 'oidc.refused', detail: expect.stringContaining('不是从这个浏览器') } });
    await victim.goOut(subject);
    expect(await victim.comeBack(answer)).toMatchObject({ status: 401, body: { code: 'oidc.refused' } });
    expect(victim.jar.has('shanzhi_session')).toBe(false);
  });

  test('an answer is taken once, even with the cookie put back; a code used up at the provider is refused there', async () => {
    const subject = await bound('leader');
    const browser = new Browser();
    const answer = await browser.goOut(subject);
    const cookie = browser.jar.get('shanzhi_oidc') ?? '';
    expect((await browser.comeBack(answer)).status).toBe(200);
    expect((await browser.comeBack(answer)).body.code).toBe('oidc.refused');
    browser.jar.set('shanzhi_oidc', cookie);
    expect(await browser.comeBack(answer)).toMatchObject({ status: 401, body: { detail: expect.stringContaining('已经用过') } });
    const again = new Browser();
    const fresh = await again.goOut(subject);
    fresh.searchParams.set('code', answer.searchParams.get('code') ?? '');
    expect(await again.comeBack(fresh)).toMatchObject({ status: 401, body: { code: 'oidc.refused', detail: expect.stringContaining('已经用过或已经过期') } });
  });

  test('an answer that names another issuer, another state, an error, or is rubbish opens nothing', async () => {
    const subject = await bound('leader');
    const changes: ((answer: URL) => string)[] = [
      (answer) => { answer.searchParams.set('iss', 'https://elsewhere.example'); return answer.search; },
      (answer) => { answer.searchParams.delete('iss'); return answer.search; },
      (answer) => { answer.searchParams.set('state', 'x'.repeat(43)); return answer.search; },
      (answer) => `${answer.search}&state=${answer.searchParams.get('state') ?? ''}`,
      (answer) => { answer.searchParams.delete('code'); return answer.search; },
      () => '?', () => '#x', () => '?code=%00&state=%ff', () => '?id_token=x&token=y',
    ];
    for (const change of changes) {
      const browser = new Browser();
      const changed = change(await browser.goOut(subject));
      const { status, body } = await browser.comeBack(changed);
      expect([changed, status, body.code, browser.jar.has('shanzhi_session')]).toEqual([changed, 401, 'oidc.refused', false]);
    }
    const turned = new Browser();
    expect((await turned.comeBack(await turned.goOut(null))).body.detail).toContain('取消');
  });

  test('a cookie that was altered, or is older than ten minutes, is none; and no other site can begin a visit', async () => {
    const subject = await bound('leader');
    const [altered, late] = [new Browser(), new Browser()];
    const answers = [await altered.goOut(subject), await late.goOut(subject)] as const;
    altered.jar.set('shanzhi_oidc', (altered.jar.get('shanzhi_oidc') ?? '').replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A')).replace(/^v1\../u, 'v1.A'));
    expect((await altered.comeBack(answers[0])).body.code).toBe('oidc.refused');
    const now = kit.kit.clock.now();
    kit.clock.set(new Date(Date.parse(now) + 600_001).toISOString());
    expect((await late.comeBack(answers[1])).body.detail).toContain('超过了时间');
    kit.clock.set(now);
    for (const path of ['/oidc/authorizations', '/oidc/answers']) expect(await new Browser().ask('POST', path, { answer: '?' }, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, body: { code: 'session.cross-site' } });
    expect((await new Browser().ask('POST', '/oidc/authorizations')).cookies.join()).toMatch(/shanzhi_oidc=v1\.[^;]*; Max-Age=600; Path=\/api\/oidc; HttpOnly; SameSite=Lax/u);
  });
});

describe('a provider that cannot be reached', () => {
  test.each<[string, Tampering]>([['is down', { isDown: true }], ['answers with a gateway’s page', { isBroken: true }]])('%s: the page is told so in a sentence, on the way out and on the way back, and passwords work', async (_what, tampering) => {
    const subject = await bound('leader');
    const browser = new Browser();
    const answer = await browser.goOut(subject);
    provider.tamper(tampering);
    expect(await browser.comeBack(answer)).toMatchObject({ status: 503, body: { code: 'oidc.unavailable', detail: expect.stringContaining('用账号和密码登录') } });
    expect(await browser.ask('POST', '/oidc/authorizations')).toMatchObject({ status: 503, body: { code: 'oidc.unavailable', detail: expect.stringContaining('浙政钉') } });
    await new Browser().signIn('clerk');
    provider.tamper({});
    expect((await browser.come(subject)).status).toBe(200);
  });

  test('or that calls itself by another name, is not gone to', async () => {
    provider.tamper({ discovery: (document) => ({ ...document, issuer: 'https://elsewhere.example' }) });
    expect(await new Browser().ask('POST', '/oidc/authorizations')).toMatchObject({ status: 503, body: { code: 'oidc.unavailable', detail: expect.stringContaining('自称') } });
  });
});
