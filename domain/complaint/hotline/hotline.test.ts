import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideAct, refusalsOf } from '../lifecycle.ts';
import type { ActFacts } from '../rules.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { counts, measureLabels, ratesOf, readContacted, readResolved, readSatisfied, type CallBack, type Measure } from './call-back.ts';
import { readExtension, readRedo, saysRedo } from './said.ts';
import { suggestedCategory } from './categories.ts';
import { fillWording, unknownFields, wordingFields, type WordingFacts } from './wording.ts';

const day = localDate('2026-11-23');
const order = (more: Partial<ActFacts>): ActFacts => ({
  status: 'received', handlerName: '东一社区', isHandling: true, isOverseeing: false, isAssisting: false, isConferenceOffice: false, transferCount: 0, isDesignated: false, isSameHandler: false, isAboutCommittee: false, isCutOff: false, refusalGround: null, isContacted: false, isIntervened: false, isWaiting: false, isAskedBefore: false, isExtended: false, isProposalClock: false,
  mendUntilOn: null, isMediated: false, hasAgreement: false, hasNewFact: false, reopenCount: 2, mostReopenings: 2, daysSinceClosed: null, reopenDays: 30, isHotline: true, isCalledBackElsewhere: true, sendBackUntilOn: day, today: day, isExtensionPending: false, isPastDue: false, ...more,
});
const measures = Object.keys(measureLabels) as Measure[];
const callBack = fc.record<CallBack>({ isContacted: fc.constantFrom(true, false, null), resolved: fc.constantFrom('yes' as const, 'partly' as const, 'no' as const, null), satisfied: fc.constantFrom('yes' as const, 'fair' as const, 'no' as const, null) });
const terms = fc.record({ fairIsSatisfied: fc.boolean(), partlyIsResolved: fc.boolean(), silentInBase: fc.boolean() });

describe('an order of the hotline', () => {
  test('goes back until its last day, that day included, and not once it is accepted', () => {
    expect(decideAct('sendBack', order({}))).toEqual({ ok: true, value: 'returned' });
    expect(refusalsOf('sendBack', order({ sendBackUntilOn: localDate('2026-11-22') })).map(({ rule }) => rule)).toEqual(['complaint.send-back-in-time']);
    expect(refusalsOf('sendBack', order({ status: 'accepted' })).map(({ rule }) => rule)).toEqual(['complaint.in-turn']);
    expect(refusalsOf('sendBack', order({ isHotline: false })).map(({ rule }) => rule)).toEqual(['complaint.of-hotline']);
  });
  test('is extended by the hotline alone: asked for once at a time, before it is late', () => {
    expect(refusalsOf('extend', order({ status: 'handling' })).map(({ rule }) => rule)).toEqual(['complaint.extension-by-hotline']);
    expect(refusalsOf('askExtension', order({ status: 'handling', isExtensionPending: true, isPastDue: true })).map(({ rule }) => rule)).toEqual(['complaint.extension-pending', 'complaint.extension-before-due']);
    expect(refusalsOf('settleExtension', order({ status: 'handling' })).map(({ rule }) => rule)).toEqual(['complaint.extension-unasked']);
  });
  test('that the hotline sends again is redone however often it was reopened', () => {
    for (const status of ['replied', 'closed', 'refused', 'returned'] as const) expect(decideAct('redo', order({ status, reopenCount: 2 }))).toEqual({ ok: true, value: 'handling' });
    expect(refusalsOf('reopen', order({ status: 'closed', hasNewFact: true, daysSinceClosed: 1 })).map(({ rule }) => rule)).toEqual(['complaint.reopen-at-most']);
  });
  test('is not called back a second time by us', () => {
    expect(refusalsOf('followUp', order({ status: 'closed' })).map(({ rule }) => rule)).toEqual(['complaint.no-second-call']);
  });
});

describe('what the hotline says of an order', () => {
  test.each<[string, boolean | null | undefined]>([
    ...['是', '有', 'Y', '√', '1', '2次', '重办', '退回重办', '重新办理', '二次派单'].map((text): [string, true] => [text, true]),
    ...['否', '无', '0', 'N', '不是', '未重办', '不重办', '非重办', '无需重办', '不需要重办'].map((text): [string, false] => [text, false]),
    ...['', '/', '-', '--', '—'].map((text): [string, null] => [text, null]), ['待定', undefined], ['重办?', undefined],
  ])('redone %j', (text, value) => { expect(readRedo(text)).toBe(value); });
  test.each<[string, boolean]>([['退回重办', true], ['重新办理', true], ['无需重办', false], ['已办结', false], ['未重办', false], ['待重办审核', false]])('a status of redoing %j', (text, value) => { expect(saysRedo(text)).toBe(value); });
  test.each<[string, 'granted' | 'refused' | null | undefined]>([
    ...['是', '同意', '已同意', '批准', '审批通过', '审核通过', '通过', '同意延期', '已延期', '准予延期', '同意延期至2026-12-20', '同意，请尽快办理'].map((text): [string, 'granted'] => [text, 'granted']),
    ...['否', '不同意', '未同意', '不予同意', '不批准', '未批准', '未获批准', '未通过', '审核不通过', '驳回', '拒绝', '不同意延期'].map((text): [string, 'refused'] => [text, 'refused']),
    ...['', '/', '-', '无', '待批准', '待审核', '审批中', '申请通过与否待定', '是否同意待定', '已提交申请'].map((text): [string, null] => [text, null]), ['请示领导', undefined], ['同意吗', undefined],
  ])('extension %j', (text, value) => { expect(readExtension(text)).toBe(value); });
  test('a stroke where nothing is to be said says nothing of the call-back either', () => {
    for (const text of ['/', '-', '——']) expect([readContacted(text), readResolved(text), readSatisfied(text)]).toEqual([null, null, null]);
  });
});

describe('what the hotline heard', () => {
  test.each([['是', true], ['已联系', true], ['未联系', false], ['否', false], ['', null], ['待定', undefined]])('contact %j', (text, value) => { expect(readContacted(text)).toBe(value); });
  test.each([['已解决', 'yes'], ['解决', 'yes'], ['是', 'yes'], ['部分解决', 'partly'], ['未解决', 'no'], ['否', 'no'], ['不清楚', null], ['', null], ['再看', undefined]])('solved %j', (text, value) => { expect(readResolved(text)).toBe(value); });
  test.each([['非常满意', 'yes'], ['满意', 'yes'], ['基本满意', 'fair'], ['不满意', 'no'], ['非常不满意', 'no'], ['未评价', null], ['嗯', undefined]])('satisfied %j', (text, value) => { expect(readSatisfied(text)).toBe(value); });

  test('whatever counts as a part counts in its whole, and no rate is above one', () => {
    fc.assert(fc.property(fc.array(callBack), terms, (all, by) => {
      for (const one of all) {
        for (const [part, base] of [['contacted', 'calledBack'], ['resolved', 'resolvedBase'], ['satisfied', 'satisfiedBase'], ['resolvedBase', 'calledBack'], ['calledBack', 'orders']] as const) if (counts(part, one, by)) expect(counts(base, one, by)).toBe(true);
      }
      const of = (measure: Measure) => all.filter((one) => counts(measure, one, by)).length;
      const rates = ratesOf({ orders: of('orders'), calledBack: of('calledBack'), contacted: of('contacted'), resolvedBase: of('resolvedBase'), resolved: of('resolved'), satisfiedBase: of('satisfiedBase'), satisfied: of('satisfied') });
      for (const rate of [rates.responseRateBp, rates.resolvedRateBp, rates.satisfiedRateBp]) if (rate !== null) expect(rate >= 0 && rate <= 10_000).toBe(true);
      expect(rates.responseRateBp === null).toBe(of('calledBack') === 0);
    }));
  });
  test('by the county’s terms 基本满意 counts or does not, and silence is in the base or not', () => {
    const one: CallBack = { isContacted: true, resolved: null, satisfied: 'fair' };
    const by = (more: Partial<Parameters<typeof counts>[2]>) => measures.filter((measure) => counts(measure, one, { fairIsSatisfied: true, partlyIsResolved: false, silentInBase: false, ...more }));
    expect(by({})).toEqual(['orders', 'calledBack', 'contacted', 'satisfiedBase', 'satisfied']);
    expect(by({ fairIsSatisfied: false, silentInBase: true })).toEqual(['orders', 'calledBack', 'contacted', 'resolvedBase', 'satisfiedBase']);
  });
});

test('a type is what the county wrote down, else what its words leave no doubt of, else nobody guesses', () => {
  const own = new Map([['住建/物业/其他', 'A01' as const]]);
  expect([suggestedCategory('住建 / 物业 / 其他', own), suggestedCategory('城乡建设>物业管理>电梯故障', own), suggestedCategory('违章搭建', own), suggestedCategory('其他', own), suggestedCategory('', own)]).toEqual(['A01', 'E01', 'F02', null, null]);
});

test('a wording is filled once: what was answered in braces is not filled again', () => {
  fc.assert(fc.property(fc.record(Object.fromEntries(wordingFields.map((field) => [field, fc.string({ minLength: 1 })]))), (some) => {
    const facts = some as unknown as WordingFacts;
    expect(fillWording('{答复内容}', { ...facts, 答复内容: `{小区}${facts.承办单位.replaceAll('。', '')}` })).toBe(`{小区}${facts.承办单位.replaceAll('。', '')}`);
  }));
  expect([fillWording('经{承办单位}：{联系时间}联系。{别的}', { ...Object.fromEntries(wordingFields.map((field) => [field, ''])) as unknown as WordingFacts, 承办单位: '城管局' }), unknownFields('{答复内容}{别的}')]).toEqual(['经城管局：（未登记）联系。{别的}', ['别的']]);
});
