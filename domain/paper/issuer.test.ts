import { describe, expect, test } from 'vitest';
import { issuerKindLabels, layoutFitsIssuer, layoutFitsTemplate, mayIssueRed, type IssuerKind } from './issuer.ts';
import { noticePeriod, noticeDays } from './period.ts';
import { replyAfterIssue } from './reply.ts';
import { cancelIssued, draftOnly, issueOnce } from './lifecycle.ts';
import { localDate } from '#domain/kernel/brand.ts';

const kinds = Object.keys(issuerKindLabels).filter((kind): kind is IssuerKind => kind in issuerKindLabels);

describe('who may use the red head', () => {
  test.each(kinds.map((kind) => [kind, ['county', 'bureau', 'department', 'party', 'township'].includes(kind)] as const))('%s: %s', (kind, may) => {
    expect(mayIssueRed(kind)).toBe(may);
    for (const layout of ['document', 'letter'] as const) expect(layoutFitsIssuer.check({ issuer: kind, layout })).toHaveLength(may ? 0 : 1);
    expect(layoutFitsIssuer.check({ issuer: kind, layout: 'plain' })).toEqual([]);
  });

  test('the refusal names the body and the way out', () => {
    expect(layoutFitsIssuer.check({ issuer: 'committee', layout: 'document' })[0]?.message).toBe('业主委员会不是党政机关，不能使用红头文件版式，请改用普通格式');
    expect(layoutFitsTemplate.check({ title: '公示', layouts: ['plain'], layout: 'letter' })[0]?.message).toContain('公示只能用普通格式');
  });
});

describe('days', () => {
  const day = (text: string) => localDate(text);
  test('a period counts both its days, may be one day long, and does not begin before it is issued', () => {
    expect(noticeDays(day('2026-11-24'), day('2026-11-30'))).toBe(7);
    expect(noticePeriod.check({ from: day('2026-11-24'), to: day('2026-11-24'), issuedOn: day('2026-11-24') })).toEqual([]);
    expect(noticePeriod.check({ from: day('2026-11-24'), to: day('2026-11-23'), issuedOn: null })).toHaveLength(1);
    expect(noticePeriod.check({ from: day('2026-11-24'), to: day('2026-11-30'), issuedOn: day('2026-11-25') })).toHaveLength(1);
  });

  test('an answer is asked for by a later day than the issue', () => {
    expect(replyAfterIssue.check({ replyBy: day('2026-11-24'), on: day('2026-11-23') })).toEqual([]);
    expect(replyAfterIssue.check({ replyBy: day('2026-11-23'), on: day('2026-11-23') })).toHaveLength(1);
    expect(replyAfterIssue.check({ replyBy: day('2026-11-01'), on: null })).toEqual([]);
  });
});

test('a draft is edited and issued once; what was issued is only cancelled, once', () => {
  const broken = (['draft', 'issued', 'cancelled', 'discarded'] as const).map((status) => [draftOnly, issueOnce, cancelIssued].map((rule) => rule.check({ status }).length));
  expect(broken).toEqual([[0, 0, 1], [1, 1, 0], [1, 1, 1], [1, 1, 1]]);
});
