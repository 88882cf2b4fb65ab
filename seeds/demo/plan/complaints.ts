import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { addDays, yearOf } from '#domain/kernel/local-date.ts';
import { categoryOf, isRebound, type CategoryCode } from '#domain/complaint/category.ts';
import type { StepName } from '#modules/complaint/record.ts';
import { newId } from '#platform/ids.ts';
import type { CopyRow } from '../copy.ts';
import { personName } from '../made-up.ts';
import type { DemoPlan } from '../plan.ts';
import { DEMO_SEED } from '../plan.ts';
import { seededRandom, type Random } from '../random.ts';
import type { EstateRow } from './rows.ts';

const MANY = 200;
/** What people say, by category, and how often. */
const said: Readonly<Partial<Record<CategoryCode, { readonly weight: number; readonly body: string }>>> = {
  A02: { weight: 18, body: '楼道长期没有人打扫，垃圾堆在单元门口，多次向物业反映没有改善。' }, A03: { weight: 10, body: '地下车库道闸经常失灵，外来车辆随意进入，业主车位被占。' }, B01: { weight: 9, body: '物业临时停车按每小时十元收费，收费标准没有公示。' }, B03: { weight: 3, body: '因为和物业有费用争议，门禁卡被停用，进出都要等别人开门。' },
  C02: { weight: 7, body: '电梯广告收入几年没有公布，问物业只说以后再说。' }, D01: { weight: 6, body: '业委会没有开业主大会就决定续聘物业，业主群里很多人不同意。' }, D03: { weight: 5, body: '业委会届满半年没有换届，印章由原主任个人保管，也不公布账目。' }, E01: { weight: 8, body: '二号电梯一周内停运三次，老人上下楼困难。' }, E05: { weight: 8, body: '顶楼屋面漏水，卧室墙面发霉，报修两个月没有施工。' },
  F01: { weight: 9, body: '小区大门外早晚摆摊，占了人行道，油烟直接飘进一楼。' }, F02: { weight: 6, body: '顶楼住户在公共平台搭建阳光房。' }, F04: { weight: 11, body: '有人从三楼窗户拉电线给电动车充电。' }, F05: { weight: 8, body: '消防通道被私家车长期占用，消防车进不来。' }, G01: { weight: 9, body: '楼上半夜拖动桌椅，影响休息。' }, G04: { weight: 3, body: '有人从高层往下扔烟头和杂物，险些砸到孩子。' }, H01: { weight: 4, body: '交付三年了，开发商承诺的活动用房一直没有移交。' }, J01: { weight: 8, body: '想了解成立业主委员会要准备哪些材料、向哪里提出。' },
};
const outcomes = { resolved: 60, partly: 14, explained: 14, mediated: 6, unfounded: 6 } as const;

/** 在办件经过的步骤, to be told to the clocks when the file is stored. */
export interface DemoAct { readonly complaintId: string; readonly act: 'receive' | 'sign' | 'accept' | 'contact'; readonly at: Instant }
export interface DemoComplaints { readonly complaints: readonly CopyRow[]; readonly complainants: readonly (CopyRow & { readonly name: string; readonly phone: string })[]; readonly steps: readonly CopyRow[]; readonly registers: readonly CopyRow[]; readonly acts: readonly DemoAct[] }

/** 演示的投诉件: a year of complaints at the counters of the communities; most are closed, some came back, a few are open and one or two late. */
export function planComplaints({ estates, places }: DemoPlan, { today }: { readonly today: LocalDate }): DemoComplaints {
  const random = seededRandom(`${DEMO_SEED}/complaints`);
  const homes = estates.filter(({ neighbourhoodId, archivedAt }) => (neighbourhoodId ?? null) !== null && (archivedAt ?? null) === null);
  const weights = Object.fromEntries(Object.entries(said).map(([code, { weight }]) => [code, weight]));
  const days = Array.from({ length: MANY }, (_, at) => (at < 12 ? random.whole(0, 6) : random.whole(7, 364))).toSorted((a, b) => b - a);
  const serials = new Map<number, number>();
  const made = days.map((daysAgo) => {
    const on = addDays(today, -daysAgo);
    const year = yearOf(on);
    serials.set(year, (serials.get(year) ?? 0) + 1);
    return fileOf({ random, estate: random.pick(homes), code: random.weighted(weights), on, daysAgo, year, serial: serials.get(year) ?? 1, nameOf: (id) => places.bodies.find((body) => body.id === id)?.name ?? '' });
  });
  return {
    complaints: made.map(({ row }) => row), complainants: made.map(({ complainant }) => complainant), steps: made.flatMap(({ steps }) => steps), acts: made.flatMap(({ acts }) => acts),
    registers: [...serials].map(([year, lastSerial]) => ({ countyId: places.countyId, year, lastSerial })),
  };
}

interface Sketch { readonly random: Random; readonly estate: EstateRow; readonly code: string; readonly on: LocalDate; readonly daysAgo: number; readonly year: number; readonly serial: number; readonly nameOf: (id: string) => string }

const isSaid = (code: string): code is CategoryCode => Object.hasOwn(said, code);

function fileOf({ random, estate, code, on, daysAgo, year, serial, nameOf }: Sketch) {
  if (!isSaid(code)) throw new RangeError(`nobody complains of ${code}`);
  const id = newId<'Complaint'>();
  const hour = (day: LocalDate, at: number) => `${day}T${String(at).padStart(2, '0')}:${String(random.whole(10, 59))}:00.000Z` as Instant;
  const place = { countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId ?? null, estateId: estate.id };
  const handlerId = String(estate.neighbourhoodId);
  const handlerName = nameOf(handlerId);
  const isClosed = daysAgo > 25 || (daysAgo > 9 && random.chance(0.7));
  const took = Math.min(daysAgo, random.whole(1, categoryOf(code).pace === 'investigated' ? 14 : 6));
  const state = isClosed ? 'closed' : daysAgo === 0 ? 'signed' : random.chance(0.35) ? 'accepted' : 'handling';
  const receivedAt = hour(on, 1);
  const acts: readonly { readonly act: StepName; readonly at: Instant; readonly note: string }[] = [
    { act: 'receive', at: receivedAt, note: '' }, ...(state === 'signed' ? [] : [{ act: 'accept' as const, at: hour(on, 2), note: '' }]),
    ...(state === 'handling' || isClosed ? [{ act: 'contact' as const, at: hour(on, 7), note: '已电话联系投诉人，约定到现场查看。' }] : []),
    ...(isClosed ? [{ act: 'reply' as const, at: hour(addDays(on, took), 3), note: '经现场查看和协调，已处理。' }, { act: 'close' as const, at: hour(addDays(on, took), 6), note: '' }] : []),
  ];
  const when = (act: StepName) => acts.find((each) => each.act === act)?.at ?? null;
  const isFollowed = isClosed && daysAgo - took > 3;
  const row: CopyRow = {
    id, ...place, spot: `${String(random.whole(1, 12))}幢${String(random.whole(1, 3))}单元`, numberYear: year, numberSerial: serial, origin: random.weighted({ counter: 55, telephone: 30, mail: 3 }), categoryCode: code, pace: categoryOf(code).pace, body: said[code]?.body ?? '', ownerCount: random.chance(0.05) ? random.whole(10, 30) : 1,
    status: state, handlerId, firstId: handlerId, receivedAt, receivedOn: on, signedAt: receivedAt, acceptedAt: when('accept'), contactedAt: when('contact'), intervenedAt: code.startsWith('D') && isClosed ? hour(addDays(on, Math.min(2, took)), 5) : null,
    repliedAt: when('reply'), reply: isClosed ? '经现场查看和协调，已处理，结果已当面告知。' : null, outcome: isClosed ? random.weighted(outcomes) : null, agreement: null, closedAt: when('close'), closedOn: isClosed ? addDays(on, took) : null,
    followedUpAt: isFollowed ? hour(addDays(on, took + 2), 6) : null, satisfaction: isFollowed ? random.weighted({ satisfied: 62, fair: 24, dissatisfied: 8, unreached: 6 }) : null,
    recheckedAt: isRebound(code) && isClosed && daysAgo - took > 31 ? hour(addDays(on, took + 28), 6) : null, recheckResult: isRebound(code) && isClosed && daysAgo - took > 31 ? random.weighted({ kept: 88, relapsed: 12 }) : null,
    recordedByName: `${handlerName}窗口`, createdAt: receivedAt, updatedAt: acts.at(-1)?.at ?? receivedAt, version: acts.length,
  };
  const told = acts.flatMap(({ act, at }) => (act === 'receive' || act === 'accept' || act === 'contact' ? [{ complaintId: id, act, at }] : []));
  return {
    row, complainant: { id: newId<'Complainant'>(), ...place, complaintId: id, isAnonymous: false, createdAt: receivedAt, name: personName(random), phone: `199${String(random.whole(0, 99_999_999)).padStart(8, '0')}` },
    steps: acts.map(({ act, at, note }) => ({ id: newId<'Step'>(), ...place, complaintId: id, act, note, handlerId, handlerName, status: state, actedByName: `${handlerName}经办人`, bodyName: handlerName, actedAt: at })),
    acts: isClosed ? [] : told,
  };
}
