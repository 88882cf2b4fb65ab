import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/kernel/brand.ts';
import { everything } from '../access/scope.ts';
import type { Tx } from '../context.ts';
import { newId } from '../ids.ts';
import { systemContext } from '../make-context.ts';
import { testKit, type TestKit } from '../testing/kit.ts';
import { makeLink, openLink, revokeLinks, useLink, type LinkDraft, type LinkShown } from './link.ts';

const NOW = instant('2026-11-20T02:00:00.000Z');
const END = instant('2026-11-21T02:00:00.000Z');
const LAST = instant('2026-11-21T01:59:59.999Z');

let kit: TestKit;
beforeAll(async () => { kit = await testKit([]); });
afterAll(() => kit.stop());

const change = <T>(work: (tx: Tx) => Promise<T>) => systemContext(kit.kit).transact((tx) => { tx.auditNothing('test'); return work(tx); });
const make = async (draft: Partial<LinkDraft> = {}) => {
  const subject = ['AppUser', newId()] as const;
  return { subject, ...await change((tx) => makeLink(tx, { purpose: 'invitation', subject, validUntil: END, uses: 'once', now: NOW, ...draft })) };
};
const look = (token: string, shown: Partial<LinkShown> = {}) => kit.kit.database.read(everything, (db) => openLink(db, { purpose: 'invitation', token, now: NOW, ...shown }));
const spend = (token: string, shown: Partial<LinkShown> = {}) => change((tx) => useLink(tx, { purpose: 'invitation', token, now: NOW, ...shown }));
const refusal = (done: Promise<unknown>) => done.then(() => null, (error: unknown) => error);
const refusals = (...done: Promise<unknown>[]) => Promise.all(done.map(refusal));

describe('a link', () => {
  test('opens its subject any number of times, and its token is stored nowhere', async () => {
    const { token, subject } = await make();
    for (const _ of [1, 2]) expect(await look(token)).toMatchObject({ subject, usedCount: 0, validUntil: END });
    const rows = await kit.kit.database.read(everything, (db) => db.selectFrom('platform.link').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('good once is used once; afterwards it neither opens nor is used', async () => {
    const { token, subject } = await make();
    expect(await spend(token)).toMatchObject({ subject, usedCount: 1 });
    for (const why of await refusals(look(token), spend(token))) expect(why).toMatchObject({ code: 'link.over', message: expect.stringContaining('已经用过') });
  });

  test('good once and used by six at the same time lets exactly one through', async () => {
    const { token } = await make();
    const answers = await Promise.all(Array.from({ length: 6 }, () => refusal(spend(token))));
    expect(answers.filter((each) => each === null)).toHaveLength(1);
    expect(answers.filter((each) => each !== null)).toEqual(Array.from({ length: 5 }, () => expect.objectContaining({ code: 'link.over' })));
  });

  test('good many times counts each use', async () => {
    const { token } = await make({ uses: 'many' });
    await Promise.all(Array.from({ length: 4 }, () => spend(token)));
    expect(await look(token)).toMatchObject({ usedCount: 4 });
  });

  test('holds until the very moment it ends', async () => {
    const { token } = await make();
    expect(await look(token, { now: LAST })).toMatchObject({ usedCount: 0 });
    for (const why of await refusals(look(token, { now: END }), spend(token, { now: END }))) expect(why).toMatchObject({ code: 'link.over', message: '这个链接已于2026年11月21日过期，请向发链接给您的人要一个新的' });
    expect(await spend(token, { now: LAST })).toMatchObject({ usedCount: 1 });
  });

  test('of another purpose is unknown, as is any other text', async () => {
    const { token } = await make();
    const other = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
    for (const why of await refusals(look(token, { purpose: 'password-reset' }), spend(token, { purpose: 'collection-answer' }), look(other), spend(other), look(''), spend(''))) {
      expect(why).toMatchObject({ code: 'link.unknown' });
    }
    expect(await look(token)).toMatchObject({ usedCount: 0 });
  });

  test('revoked opens nothing; links of other things and purposes stay, and those already over are not counted', async () => {
    const mine = await make();
    const again = await change((tx) => makeLink(tx, { purpose: 'invitation', subject: mine.subject, validUntil: END, uses: 'many', now: NOW }));
    const reset = await change((tx) => makeLink(tx, { purpose: 'password-reset', subject: mine.subject, validUntil: END, uses: 'once', now: NOW }));
    const others = await make();
    const used = await change((tx) => makeLink(tx, { purpose: 'invitation', subject: mine.subject, validUntil: END, uses: 'once', now: NOW }));
    await spend(used.token);
    const revoke = () => change((tx) => revokeLinks(tx, { purpose: 'invitation', subject: mine.subject }, { now: NOW, reason: '发错了人' }));
    expect(await revoke()).toBe(2);
    expect(await revoke()).toBe(0);
    for (const { token } of [mine, again]) for (const why of await refusals(look(token), spend(token))) expect(why).toMatchObject({ code: 'link.over', message: expect.stringContaining('撤销') });
    expect(await look(others.token)).toMatchObject({ subject: others.subject });
    expect(await look(reset.token, { purpose: 'password-reset' })).toMatchObject({ subject: mine.subject });
  });
});
