import { instant, localDate } from '#domain/kernel/brand.ts';
import { again, defineDuty, overdue, warnAt, workingDays, type Duty } from '#domain/kernel/duty.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { defineParameter, wholeNumber } from '#domain/kernel/parameter.ts';
import { civilCode, houseConvention } from '#domain/kernel/rule.ts';
import { defineModule } from '#platform/module.ts';
import type { World } from '#modules/registry/testing/world.ts';
import type { Fact } from '../fact.ts';

const days = (id: string, value: number) => defineParameter({ id, title: '样品办理天数', unit: '天', kind: wholeNumber(1, 90), versions: [{ from: localDate('2020-01-01'), value, source: houseConvention('数据质量'), sureness: 'I' }] });
export const acceptDays = days('sample.accept', 1);
export const answerDays = days('sample.answer', 5);

interface SampleFacts { readonly isUrgent?: boolean }

/** 样品受理: one working day, by the neighbourhood. */
export const accept: Duty<SampleFacts> = defineDuty<SampleFacts>({
  id: 'sample.accept', title: '受理', source: civilCode('第二百零一条'), subject: 'Estate', holder: 'neighbourhood', opensOn: 'sample.received', appliesTo: () => true, due: workingDays(acceptDays),
  dischargedBy: ['sample.accepted'], voidedBy: ['sample.withdrawn'],
});

/** 样品答复: five working days, by whoever handles it; stops while more is asked, may be extended, goes up twice. */
export const answer: Duty<SampleFacts> = defineDuty<SampleFacts>({
  id: 'sample.answer', title: '答复', source: civilCode('第二百零一条'), subject: 'Estate', holder: (facts) => (facts.isUrgent === true ? 'township' : 'handler'), opensOn: 'sample.accepted', appliesTo: () => true, due: workingDays(answerDays),
  suspendedBy: [{ event: 'sample.asked', ground: '要求补充材料' }], resumedBy: ['sample.told'], reassignedBy: ['sample.transferred'], dischargedBy: ['sample.answered'], reopenedBy: ['sample.disputed'], voidedBy: ['sample.withdrawn'],
  extension: { days: days('sample.extension', 3) }, extendedBy: [], ladder: [warnAt(70), overdue('township'), again(5, 'county-bureau')],
});

/** A capability that does nothing but declare duties. */
export const sample = defineModule({ name: 'sample', routes: [], duties: [accept, answer] });

/** A fact about the one sample, at ten in the morning of that day. */
export function factOf(world: Pick<World, 'county' | 'east' | 'eastCommunity'>, event: string, on: string, more: Partial<Fact> = {}): Fact {
  const at = instant(`${on}T02:00:00.000Z`);
  return {
    event, key: `${event}-${on}`, subject: ['Estate', 'one'], at, on: todayIn(at), facts: {}, title: '测试件一', path: '/estates', holders: { handler: { orgUnitId: world.east } },
    place: { countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, estateId: null, companyId: null }, ...more,
  };
}
