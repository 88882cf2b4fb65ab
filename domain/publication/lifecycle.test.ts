import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkQuestionNames, type CheckAnswer, type OpenAttribute, type OpenCheck } from './check.ts';
import { actNames, acts, decideAct, publicationStatusLabels, refusalsOf, type ActFacts, type ActName, type PublicationStatus } from './lifecycle.ts';

const statuses = Object.keys(publicationStatusLabels) as PublicationStatus[];
const passing: OpenCheck = { attribute: 'active', answers: { stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none' }, note: '', attachmentsSeen: false };
const facts = (more: Partial<ActFacts> = {}): ActFacts => ({
  status: 'draft', isOwn: true, standsIn: null, issuer: '县住建局', actorId: 'c', writerIds: ['a'], reviewerId: 'b', mustBeApart: true, others: { reviewers: 1, issuers: 1 }, actorMayIssue: true,
  check: passing, sightings: { toMend: 0, toAnswer: 0, unread: 0 }, isCurrent: true, ...more,
});
const rulesOf = (act: ActName, more: Partial<ActFacts>) => refusalsOf(act, facts({ status: acts[act].from[0], ...more })).map(({ rule }) => rule);

/** The whole diagram once more, written out by hand. */
const diagram: Readonly<Record<PublicationStatus, Partial<Record<ActName, PublicationStatus>>>> = {
  draft: { edit: 'draft', submit: 'reviewing', discard: 'discarded' }, returned: { edit: 'returned', submit: 'reviewing', discard: 'discarded' },
  reviewing: { approve: 'signing', sendBack: 'returned' }, signing: { issue: 'published', refuse: 'returned' }, published: { withdraw: 'withdrawn', expire: 'expired' },
  withdrawn: {}, expired: {}, discarded: {},
};

describe('the table of acts', () => {
  test.each(statuses.flatMap((status) => actNames.map((act) => [status, act] as const)))('from %s, %s leads where the diagram says and nowhere else', (status, act) => {
    const decision = decideAct(act, facts({ status }));
    expect(decision.ok ? decision.value : null).toBe(diagram[status][act] ?? null);
    if (!decision.ok) expect(decision.violations[0]?.message).toContain(publicationStatusLabels[status]);
  });

  test('every refusal out of turn says from where the act is done', () => {
    expect(refusalsOf('issue', facts({ status: 'draft' }))[0]?.message).toBe('这件现在是“拟稿”，不能签发；签发的前提是“待签发”');
  });
});

describe('who may', () => {
  test.each<[ActName, Partial<ActFacts>, string]>([
    ['approve', { actorId: 'a' }, 'publication.reviewer-wrote-nothing'], ['approve', { actorId: null }, 'publication.reviewer-wrote-nothing'], ['issue', { actorId: 'a' }, 'publication.issuer-wrote-nothing'], ['issue', { actorId: 'b' }, 'publication.issuer-reviewed-nothing'],
    ['approve', { others: { reviewers: 1, issuers: 0 } }, 'publication.review-leaves-an-issuer'], ['submit', { isOwn: false }, 'publication.by-own-body'], ['withdraw', { isOwn: false }, 'publication.by-own-body-or-successor'], ['discard', { isOwn: false }, 'publication.by-own-body-or-successor'], ['submit', { isOwn: false, standsIn: 'successor' }, 'publication.by-own-body'],
    ['approve', { sightings: { toMend: 0, toAnswer: 0, unread: 2 } }, 'publication.attachments-looked-at'], ['issue', { sightings: { toMend: 0, toAnswer: 0, unread: 1 } }, 'publication.attachments-looked-at'],
    ['submit', { sightings: { toMend: 1, toAnswer: 0, unread: 0 } }, 'publication.sightings-handled'], ['submit', { sightings: { toMend: 0, toAnswer: 1, unread: 0 } }, 'publication.sightings-handled'], ['issue', { sightings: { toMend: 0, toAnswer: 1, unread: 0 } }, 'publication.sightings-handled'],
    ['submit', { isCurrent: false }, 'publication.subject-unchanged'], ['approve', { isCurrent: false }, 'publication.subject-unchanged'], ['issue', { isCurrent: false }, 'publication.subject-unchanged'], ['issue', { check: null }, 'publication.check-passed'],
  ])('%s with %j breaks %s', (act, more, rule) => { expect(rulesOf(act, more)).toContain(rule); });

  test('who reviewed may issue where nobody else could, or where the county allows it', () => {
    expect(rulesOf('issue', { actorId: 'b', others: { reviewers: 0, issuers: 0 } })).toEqual([]);
    expect(rulesOf('issue', { actorId: 'b', mustBeApart: false })).toEqual([]);
    expect(rulesOf('approve', { others: { reviewers: 0, issuers: 0 } })).toEqual([]);
    expect(rulesOf('approve', { others: { reviewers: 1, issuers: 0 }, actorMayIssue: false })).toEqual([]);
  });

  test('who comes after a body that is no more withdraws what it published and lays its drafts aside, and does nothing else for it', () => {
    for (const standsIn of ['successor', 'above'] as const) expect([rulesOf('withdraw', { isOwn: false, standsIn }), rulesOf('discard', { isOwn: false, standsIn }), rulesOf('issue', { isOwn: false, standsIn })]).toEqual([[], [], ['publication.by-own-body']]);
  });

  test('every broken rule is told at once', () => { expect(new Set(rulesOf('issue', { actorId: 'a', check: null, isCurrent: false, sightings: { toMend: 1, toAnswer: 1, unread: 0 } })).size).toBe(4); });
});

describe('the check', () => {
  test.each<[Partial<OpenCheck>, number]>([[{}, 0], [{ attribute: 'never' }, 1], [{ attribute: 'on-request' }, 1], [{ answers: { ...passing.answers, personal: 'barred' }, note: '有住址信息' }, 1], [{ answers: { ...passing.answers, personal: 'handled' }, note: '' }, 1], [{ answers: { ...passing.answers, personal: 'handled' }, note: '已隐去' }, 1], [{ answers: { ...passing.answers, personal: 'handled' }, note: '姓名已隐去' }, 0], [{ answers: { ...passing.answers, stateSecret: 'handled' }, note: '已经处理' }, 1]])('%j breaks %i rules', (more, count) => {
    expect(rulesOf('approve', { check: { ...passing, ...more } })).toHaveLength(count);
  });
});

/** A small world in which anybody tries anything; the shell's part (digest of the reviewed content, writers) is modelled as it is done there. */
interface Item { status: PublicationStatus; content: number; writers: string[]; reviewer: string | null; reviewed: number | null; check: OpenCheck | null; log: { act: ActName; by: string; content: number; check: OpenCheck | null }[] }
const people = ['a', 'b', 'c', 'd'];
const anyCheck = fc.record({ attribute: fc.constantFrom<OpenAttribute>('active', 'on-request', 'never'), answers: fc.record(Object.fromEntries(checkQuestionNames.map((name) => [name, fc.constantFrom<CheckAnswer>('none', 'none', 'none', 'handled', 'barred')]))) as unknown as fc.Arbitrary<OpenCheck['answers']>, note: fc.constantFrom('', '已经隐去处理'), attachmentsSeen: fc.boolean() });
const anyTry = fc.record({ act: fc.constantFrom(...actNames), by: fc.constantFrom(...people), check: fc.oneof({ weight: 3, arbitrary: fc.constant(passing) }, { weight: 1, arbitrary: anyCheck }), isOwn: fc.integer({ min: 0, max: 9 }).map((n) => n > 0), isCurrent: fc.integer({ min: 0, max: 9 }).map((n) => n > 0), toMend: fc.constantFrom(0, 0, 0, 0, 1), toAnswer: fc.constantFrom(0, 0, 0, 0, 1), mustBeApart: fc.boolean() });

test('whatever is tried by whomever, nothing is published without three acts by the proper people and a passing check of that very content', () => {
  let published = 0;
  // Half of the tries follow the usual road, so that many get as far as the public.
  const road = fc.constantFrom<ActName>('submit', 'submit', 'approve', 'approve', 'issue', 'issue', 'edit');
  fc.assert(fc.property(fc.array(fc.oneof(anyTry, fc.record({ act: road, by: fc.constantFrom(...people), check: fc.constant(passing), isOwn: fc.constant(true), isCurrent: fc.constant(true), toMend: fc.constant(0), toAnswer: fc.constant(0), mustBeApart: fc.boolean() })), { minLength: 12, maxLength: 40 }), (tries) => {
    const item: Item = { status: 'draft', content: 1, writers: ['a'], reviewer: null, reviewed: null, check: null, log: [] };
    for (const { act, by, check, isOwn, isCurrent, toMend, toAnswer, mustBeApart } of tries) {
      const given = act === 'approve' ? check : item.reviewed === item.content ? item.check : null;
      const others = people.filter((each) => each !== by && !item.writers.includes(each)).length;
      const decision = decideAct(act, { status: item.status, isOwn, standsIn: null, issuer: '局', actorId: by, writerIds: item.writers, reviewerId: item.reviewer, mustBeApart, others: { reviewers: others, issuers: others }, actorMayIssue: true, check: given, sightings: { toMend, toAnswer, unread: 0 }, isCurrent });
      if (!decision.ok) continue;
      item.status = decision.value;
      if (act === 'edit') { item.content += 1; item.writers = [...new Set([...item.writers, by])]; }
      if (act === 'approve') { item.reviewer = by; item.reviewed = item.content; item.check = check; }
      item.log.push({ act, by, content: item.content, check: given });
      if (act !== 'issue') continue;
      published += 1;
      const [submitted, approved] = [item.log.findLast((entry) => entry.act === 'submit'), item.log.findLast((entry) => entry.act === 'approve')];
      expect([submitted?.content, approved?.content]).toEqual([item.content, item.content]);
      expect(item.writers).not.toContain(approved?.by);
      expect(item.writers).not.toContain(by);
      if (mustBeApart && others > 0) expect(approved?.by).not.toBe(by);
      expect(approved?.check?.attribute).toBe('active');
      expect(Object.values(approved?.check?.answers ?? { none: 'barred' })).not.toContain('barred');
      expect([toMend, toAnswer, isOwn, isCurrent]).toEqual([0, 0, true, true]);
    }
    expect(item.status !== 'published' || item.log.some(({ act }) => act === 'issue')).toBe(true);
  }), { numRuns: 600 });
  expect(published).toBeGreaterThan(50);
});
