import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { generateSync } from 'otplib';
import { everything } from '#platform/access/scope.ts';
import { buildServer } from '#platform/http/serve.ts';
import { type Tampering } from '#platform/identity/oidc/testing/provider.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/make-context.ts';
import { modules } from './modules.ts';
import { WORLD_PASSWORD } from './testing/world.ts';
import { oidcDesk } from './testing/oidc.ts';

const { ORIGIN, provider, kit, world, app, Browser, bound, hints, claimsIn, entries, begin, stop } = await oidcDesk();
afterAll(stop);
beforeEach(begin);

describe('signing in through the provider', () => {
  test('opens the account the identity is bound to, like any other session: new token, own post, an entry, the one before it ended', async () => {
    const subject = await bound('clerk');
    const browser = await new Browser().signIn('leader');
    const before = browser.jar.get('shanzhi_session');
    const answer = await browser.come(subject, '/estates?q=1');
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'signed-in', next: '/estates?q=1', me: { user: { login: 'clerk' }, active: { role: 'bureau-clerk' } } } });
    expect(browser.jar.get('shanzhi_session')).not.toBe(before);
    expect(answer.cookies.find((each) => each.startsWith('shanzhi_session='))).toMatch(/HttpOnly.*SameSite=Lax/u);
    expect(browser.jar.has('shanzhi_oidc')).toBe(false);
    const old = new Browser();
    old.jar.set('shanzhi_session', before ?? '');
    expect((await old.ask('GET', '/me')).status).toBe(401);
    expect((await entries('session.sign-in')).at(-1)).toMatchObject({ actorName: 'clerk', after: { way: 'single-sign-on' } });
    expect((await browser.ask('PUT', '/me/active-grant', { grantId: newId() })).status).toBe(404);
  });

  test('signing out leads out of the provider too, whoever came in by it and nobody else', async () => {
    const subject = await bound('clerk');
    const browser = new Browser();
    expect((await browser.come(subject)).status).toBe(200);
    const living = await hints('clerk');
    const { status, body } = await browser.ask('DELETE', '/sessions/current');
    expect([status, body.staysOutside, browser.jar.has('shanzhi_session')]).toEqual([200, false, false]);
    const address = new URL(body.continueAt ?? '');
    expect([`${address.origin}${address.pathname}`, Object.fromEntries(address.searchParams)]).toEqual([`${provider.config.issuer}/session/end`, { client_id: 'shanzhi-test', post_logout_redirect_uri: `${ORIGIN}/sign-in`, id_token_hint: expect.any(String) }]);
    // The very identity the provider gave, so that it knows whom to let out; kept sealed while the session lived, and not a moment longer.
    expect(claimsIn(address.searchParams.get('id_token_hint'))).toMatchObject({ sub: subject, aud: 'shanzhi-test', iss: provider.config.issuer });
    expect((await hints('clerk')).length).toBe(living.length - 1);
    // The real provider knows the page and leads back to it.
    expect((await provider.leave(address.href)).href).toBe(`${ORIGIN}/sign-in`);
    expect(await (await new Browser().signIn('clerk')).ask('DELETE', '/sessions/current')).toMatchObject({ status: 200, body: { continueAt: null, staysOutside: false } });
  });

  test.each([
    ['has no place to leave', { discovery: ({ end_session_endpoint: _none, ...rest }) => rest }], ['does not answer', { isDown: true }], ['answers with an error', { isBroken: true }],
  ] satisfies [string, Tampering][])('signing out here never waits for a provider that %s: the person is out, and told that he is still in there', async (_, how) => {
    const subject = await bound('clerk');
    const browser = new Browser();
    await browser.come(subject);
    const cookie = browser.jar.get('shanzhi_session') ?? '';
    provider.tamper(how);
    expect(await browser.ask('DELETE', '/sessions/current')).toMatchObject({ status: 200, body: { done: true, continueAt: null, staysOutside: true } });
    const old = new Browser();
    old.jar.set('shanzhi_session', cookie);
    expect((await old.ask('GET', '/me')).status).toBe(401);
  });

  test('what a session came in with is sealed, kept through a change of post, and gone however the session ends', async () => {
    const subject = await bound('右侧-neighbourhood');
    const idOf = (await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', '右侧-neighbourhood').executeTakeFirstOrThrow())).id;
    const come = async () => { const browser = new Browser(); expect((await browser.come(subject)).status).toBe(200); return browser; };
    const browser = await come();
    const [kept] = await hints('右侧-neighbourhood');
    expect([claimsIn(kit.kit.vault.open(kept ?? ''))['sub'], kept?.includes('eyJ')]).toEqual([subject, false]);
    expect((await browser.ask('PUT', '/me/password', { current: WORLD_PASSWORD, next: 'nine-herons-wade-7' })).status).toBe(200);
    expect(await hints('右侧-neighbourhood')).toHaveLength(1);
    const security = await new Browser().signIn('security');
    expect((await security.ask('POST', `/users/${idOf}/session-revocations`, { reason: '离岗' })).status).toBe(200);
    expect(await hints('右侧-neighbourhood')).toEqual([]);
    await come();
    const ends = kit.kit.clock.now();
    kit.clock.set(new Date(Date.parse(ends) + 30 * 86_400_000).toISOString());
    const sweep = modules.flatMap(({ schedules }) => schedules).find(({ name }) => name === 'identity-sweep');
    await sweep?.run(systemContext(kit.kit));
    kit.clock.set(ends);
    expect(await hints('右侧-neighbourhood')).toEqual([]);
    await expect(kit.kit.database.write(everything, (db) => db.updateTable('platform.session').set({ idTokenCipher: 'v1.x' }).where('revokedAt', 'is not', null).returning('idTokenCipher').execute())).resolves.toEqual(expect.not.arrayContaining([{ idTokenCipher: 'v1.x' }]));
  });

  test('makes no account: an identity bound to nobody is told what to do, with its own mark', async () => {
    const users = () => kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').execute());
    const before = (await users()).length;
    const browser = new Browser();
    expect(await browser.come('nobody-here')).toMatchObject({ status: 403, body: { code: 'oidc.unbound', detail: expect.stringMatching(/浙政钉.*绑定.*nobody-here$/u) } });
    expect(browser.jar.has('shanzhi_session')).toBe(false);
    expect((await users()).length).toBe(before);
    expect((await entries('oidc.unbound')).at(-1)).toMatchObject({ after: { subject: 'nobody-here' } });
  });

  test('asks the provider with code, PKCE, state and nonce, each new, and for nothing but the identity', async () => {
    const addresses = await Promise.all([1, 2].map(async () => new URL((await new Browser().ask('POST', '/oidc/authorizations')).body.url)));
    const [one, other] = addresses.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(one).toMatchObject({ response_type: 'code', scope: 'openid', redirect_uri: `${ORIGIN}/sign-in/oidc`, code_challenge_method: 'S256' });
    for (const each of ['state', 'nonce', 'code_challenge']) expect([each, (one?.[each] ?? '').length >= 43, one?.[each] === other?.[each]]).toEqual([each, true, false]);
    expect(addresses[0]?.search).not.toContain('verifier');
  });

  test('ends at an address of ours, whatever was asked for', async () => {
    const subject = await bound('department');
    for (const [asked, got] of [['https://evil.example/', null], ['//evil.example/x', null], ['/\\evil.example', null], ['javascript:alert(1)', null], ['/\t/evil.example', null], ['estates', null], ['/', '/'], ['/papers?x=//y', '/papers?x=//y']] as const) {
      expect([asked, (await new Browser().come(subject, asked)).body.next]).toEqual([asked, got]);
    }
  });

  test('is refused to a disabled account, and to an identity unbound a moment ago', async () => {
    const subject = await bound('左侧-manager');
    const id = (await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', '左侧-manager').executeTakeFirstOrThrow())).id;
    const security = await new Browser().signIn('security');
    expect((await security.ask('PUT', `/users/${id}/status`, { status: 'disabled', reason: '离职' })).status).toBe(200);
    expect(await new Browser().come(subject)).toMatchObject({ status: 401, body: { code: 'oidc.refused', detail: expect.stringContaining('停用') } });
    expect((await security.ask('PUT', `/users/${id}/status`, { status: 'active', reason: '回来' })).status).toBe(200);
    const person = new Browser();
    expect((await person.come(subject)).status).toBe(200);
    const [binding] = (await security.ask('GET', `/users/${id}/oidc-bindings`)).body.rows;
    expect((await security.ask('PUT', `/users/${id}/oidc-bindings/${binding?.id}/end`, { reason: '换号' })).body).toMatchObject({ endedReason: '换号', endedByName: 'security' });
    expect((await person.ask('GET', '/me')).status).toBe(401);
    expect((await new Browser().come(subject)).body.code).toBe('oidc.unbound');
  });
});

describe('an account with a one-time code', () => {
  test('is asked for it after the provider too: nothing is open before, a wrong one counts, a right one opens, and none is taken twice', async () => {
    const subject = await bound('右侧-manager');
    const owner = await new Browser().signIn('右侧-manager');
    const { key } = (await owner.ask('POST', '/me/totp', { password: WORLD_PASSWORD })).body;
    const code = (later: number) => generateSync({ secret: key, epoch: Math.floor(Date.parse(kit.kit.clock.now()) / 1000) + later });
    expect((await owner.ask('POST', '/me/totp/confirmation', { code: code(-30) })).status).toBe(200);

    const browser = new Browser();
    expect(await browser.come(subject, '/papers')).toMatchObject({ status: 200, body: { outcome: 'code-required', me: null, next: null } });
    expect([browser.jar.has('shanzhi_session'), browser.jar.has('shanzhi_oidc')]).toEqual([false, true]);
    expect(await browser.ask('POST', '/oidc/codes', { code: '000000' })).toMatchObject({ status: 401, body: { code: 'session.wrong-code' } });
    expect(await browser.ask('POST', '/oidc/codes', { code: code(0) })).toMatchObject({ status: 200, body: { next: '/papers', me: { user: { login: '右侧-manager' } } } });
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    // Proved before the code was asked for, and still there for leaving.
    expect(claimsIn(new URL((await browser.ask('DELETE', '/sessions/current')).body.continueAt ?? '').searchParams.get('id_token_hint'))['sub']).toBe(subject);

    const again = new Browser();
    await again.come(subject);
    expect((await again.ask('POST', '/oidc/codes', { code: code(0) })).body.code).toBe('session.wrong-code');
    expect((await new Browser().ask('POST', '/oidc/codes', { code: code(30) })).body.code).toBe('oidc.refused');
    const [last, ...before] = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.signIn as s').innerJoin('platform.appUser as u', 'u.id', 's.userId').select(['s.way', 's.result']).where('u.login', '=', '右侧-manager').orderBy('s.id', 'desc').limit(3).execute());
    expect([last, ...before]).toEqual([{ way: 'single-sign-on', result: 'wrong-code' }, { way: 'single-sign-on', result: 'in' }, { way: 'single-sign-on', result: 'wrong-code' }]);
  });
});

describe('who is bound in the county', () => {
  test('is listed for its security administrator alone, with who ended it, found by name or identity, and exported', async () => {
    const subject = await bound('左侧-neighbourhood');
    expect((await new Browser().come(subject)).status).toBe(200);
    const security = await new Browser().signIn('security');
    const list = async (query = '', by = security) => (await by.ask('GET', `/oidc-bindings${query}`)).body;
    const found = await list(`?q=${subject}`);
    expect(found.rows).toEqual([expect.objectContaining({ login: '左侧-neighbourhood', subject, status: 'living', origin: 'self', lastUsedAt: expect.any(String), endedAt: null, isDisabled: false })]);
    const [row] = found.rows;
    expect(await security.ask('PUT', `/users/${row?.userId ?? ''}/oidc-bindings/${row?.id ?? ''}/end`, { reason: '标识登记错了' })).toMatchObject({ status: 200 });
    expect((await list(`?q=${encodeURIComponent('左侧-NEIGH')}&status=ended`)).rows[0]).toMatchObject({ subject, endedByName: 'security', endedReason: '标识登记错了' });
    expect((await list(`?q=${subject}&status=living`)).rows).toEqual([]);
    const exported = await app.inject({ url: '/api/oidc-bindings/export', headers: { cookie: [...security.jar].map((pair) => pair.join('=')).join('; ') } });
    expect([exported.statusCode, exported.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect((await list('', await new Browser().signIn('other-security'))).rows).toEqual([]);
    for (const login of ['clerk', 'system', 'auditor']) expect((await (await new Browser().signIn(login)).ask('GET', '/oidc-bindings')).status).toBe(403);
    const all = await list('?limit=1');
    expect((await security.ask('GET', `/oidc-bindings?limit=1&after=${all.next ?? ''}`)).body.rows[0]?.id).not.toBe(all.rows[0]?.id);
  });
});

describe('binding', () => {
  test('one’s own asks for the password again, under the limits of signing in', async () => {
    const browser = await new Browser().signIn('左侧-company');
    expect(await browser.ask('POST', '/me/oidc-bindings', { password: 'not-mine' })).toMatchObject({ status: 401, body: { code: 'session.wrong-password' } });
    expect(browser.jar.has('shanzhi_oidc')).toBe(false);
    expect((await entries('oidc.bind-failed')).at(-1)?.actorName).toBe('左侧-company');
  });

  test('ends with the person who asked: not signed out meanwhile, not somebody else, and an identity opens one account only', async () => {
    const subject = await bound('左侧-township');
    const browser = await new Browser().signIn('右侧-township');
    const { body } = await browser.ask('POST', '/me/oidc-bindings', { password: WORLD_PASSWORD });
    const answer = await provider.visit(body.url, 'sub-other');
    const cookie = browser.jar.get('shanzhi_oidc') ?? '';
    const somebody = await new Browser().signIn('右侧-company');
    somebody.jar.set('shanzhi_oidc', cookie);
    expect(await somebody.comeBack(answer)).toMatchObject({ status: 401, body: { code: 'session.required' } });
    const again = (await browser.ask('POST', '/me/oidc-bindings', { password: WORLD_PASSWORD })).body.url;
    expect(await browser.comeBack(await provider.visit(again, subject))).toMatchObject({ status: 409, body: { code: 'state.duplicate' } });
    expect((await browser.ask('GET', '/me/oidc-bindings')).body.rows).toEqual([]);
  });

  test('by the security administrator registers the identity for somebody else of the county, with a reason; it is listed, and ended by its owner', async () => {
    const idOf = async (login: string) => (await kit.kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('login', '=', login).executeTakeFirstOrThrow())).id;
    const security = await new Browser().signIn('security');
    const id = await idOf('左侧-committee');
    expect((await security.ask('POST', `/users/${id}/oidc-bindings`, { subject: 'sub-by-office', reason: '人事名单' })).body).toMatchObject({ subject: 'sub-by-office', origin: 'administrator', boundByName: 'security' });
    expect((await security.ask('POST', `/users/${id}/oidc-bindings`, { subject: 'sub-by-office-2', reason: '再来一个' })).body.code).toBe('state.duplicate');
    expect((await security.ask('POST', `/users/${await idOf('security')}/oidc-bindings`, { subject: 'sub-own', reason: '给自己' })).body.code).toBe('access.denied');
    expect((await security.ask('POST', `/users/${await idOf('other-county')}/oidc-bindings`, { subject: 'sub-far', reason: '外县' })).body.code).toBe('user.not-found');
    const person = new Browser();
    expect((await person.come('sub-by-office')).body.me?.user.login).toBe('左侧-committee');
    const [own] = (await person.ask('GET', '/me/oidc-bindings')).body.rows;
    expect((await person.ask('DELETE', `/me/oidc-bindings/${own?.id}`)).status).toBe(200);
    expect((await person.ask('DELETE', `/me/oidc-bindings/${own?.id}`)).status).toBe(404);
    expect((await new Browser().come('sub-by-office')).body.code).toBe('oidc.unbound');
    expect(world.users.size).toBeGreaterThan(5);
  });
});

test('where it is not configured there is none: the sign-in page offers nothing and every door says so', async () => {
  expect((await new Browser().ask('GET', '/oidc')).body).toEqual({ name: '浙政钉' });
  const off = await buildServer({ ...kit.kit, oidc: null }, { logLevel: 'silent' });
  expect((await off.inject({ method: 'GET', url: '/api/oidc' })).json()).toEqual({ name: null });
  expect((await off.inject({ method: 'POST', url: '/api/oidc/authorizations', payload: {} })).json()).toMatchObject({ code: 'not-found', detail: expect.stringContaining('没有启用') });
  await off.close();
});
