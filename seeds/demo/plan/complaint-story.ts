import { makeId, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, yearOf } from '#domain/kernel/local-date.ts';
import { categoryOf, isAboutCommittee, isRebound, type CategoryCode } from '#domain/complaint/category.ts';
import { isRelapsedTooOften, type AgendaGround } from '#domain/complaint/agenda.ts';
import { relapsesToAgenda } from '#domain/complaint/policy.ts';
import { parameterOn } from '#domain/kernel/parameter.ts';
import type { ActName } from '#domain/complaint/lifecycle.ts';
import { newId } from '#platform/ids.ts';
import type { CopyRow } from '../copy.ts';
import { personName } from '../made-up.ts';
import type { Random } from '../random.ts';
import type { BodyRow, EstateRow } from './rows.ts';
import { saidOf } from './complaint-words.ts';

const outcomes = { resolved: 60, partly: 14, explained: 14, mediated: 6, unfounded: 6 } as const;

/** 一件的经历: where and of what, who took it in, who deals with it, how far it has come. `took` are days from receipt to the answer; all acts lie before `daysAgo` is over. */
export interface Story {
  readonly estate: EstateRow; readonly code: CategoryCode; readonly on: LocalDate; readonly daysAgo: number; readonly serial: number;
  readonly first: BodyRow; readonly handler: BodyRow; readonly stage: 'signed' | 'accepted' | 'assigned' | 'handling' | 'closed'; readonly took: number;
  /** Whoever has it says that it is not his, and waits for the conference's office. */
  readonly isObjected?: true;
  readonly relapse?: { readonly ofId: Id<'Complaint'>; readonly no: number } | undefined;
}

/** 告诉时限的一步: what the file was like right after it, as far as its clocks read it. */
export interface Told { readonly complaintId: Id<'Complaint'>; readonly act: ActName | 'receive'; readonly at: Instant; readonly handlerId: Id<'OrgUnit'>; readonly companyId: Id<'Company'> | null; readonly intervenedAt: Instant | null; readonly version: number }

/** 一件投诉的全部行. */
export interface StoryRows { readonly row: CopyRow & { readonly id: Id<'Complaint'>; readonly closedOn: LocalDate | null }; readonly complainant: CopyRow & { readonly name: string; readonly phone: string }; readonly steps: readonly CopyRow[]; readonly parts: readonly CopyRow[]; readonly told: readonly Told[] }

interface Act { readonly act: ActName | 'receive'; readonly at: Instant; readonly by: BodyRow; readonly note: string }

/** 写出一件: the file as it stands today, its steps in order, and what its clocks were told. */
export function rowsOf(random: Random, story: Story): StoryRows {
  const { estate, code, on, first, handler, took } = story;
  const id = newId<'Complaint'>();
  const company = estate.companyId ?? null;
  const acts = actsOf(random, story);
  const when = (name: Act['act']) => acts.find(({ act }) => act === name)?.at ?? null;
  const place = { countyId: estate.countyId, townshipId: estate.townshipId, neighbourhoodId: estate.neighbourhoodId ?? null, estateId: estate.id };
  const isClosed = story.stage === 'closed';
  const isHandedOn = first.id !== handler.id && when('assign') !== null;
  const [followedUpAt, recheckedAt, askedCompany] = [when('followUp'), when('recheck'), when('ask') !== null];
  const row = {
    id, ...place, companyId: askedCompany ? company : null, spot: `${String(random.whole(1, 12))}幢${String(random.whole(1, 3))}单元`, numberYear: yearOf(on), numberSerial: story.serial, origin: random.weighted({ counter: 55, telephone: 30, mail: 3 }), categoryCode: code, pace: categoryOf(code).pace,
    body: saidOf(code).body, ownerCount: random.chance(0.05) ? random.whole(10, 30) : 1, status: isClosed ? 'closed' : story.stage, handlerId: isHandedOn ? handler.id : first.id, firstId: first.id, passedById: isHandedOn ? first.id : null,
    receivedAt: acts[0]?.at, receivedOn: on, signedAt: acts[0]?.at, acceptedAt: when('accept'), contactedAt: when('contact'), intervenedAt: when('intervene'), repliedAt: when('reply'), reply: isClosed ? '经现场查看和协调，已处理，结果已当面告知。' : null, outcome: isClosed ? random.weighted(outcomes) : null, agreement: null,
    closedAt: when('close'), closedOn: isClosed ? addDays(on, took) : null, followedUpAt, satisfaction: followedUpAt === null ? null : random.weighted({ satisfied: 62, fair: 24, dissatisfied: 8, unreached: 6 }), recheckedAt, recheckResult: recheckedAt === null ? null : random.weighted({ kept: 88, relapsed: 12 }),
    relapseOfId: story.relapse?.ofId ?? null, relapseNo: story.relapse?.no ?? 0, ...agendaOf(story), isObjected: story.isObjected ?? false, recordedByName: `${first.name}窗口`, createdAt: acts[0]?.at, updatedAt: acts.at(-1)?.at, version: acts.length,
  };
  const part = (body: BodyRow, role: 'lead' | 'former') => ({ id: newId<'Participant'>(), ...place, complaintId: id, orgUnitId: body.id, part: role, createdAt: when('assign') });
  return {
    row, parts: isHandedOn ? [part(first, 'former'), part(handler, 'lead')] : when('assign') === null ? [] : [part(first, 'lead')],
    complainant: { id: newId<'Complainant'>(), ...place, complaintId: id, isAnonymous: false, createdAt: acts[0]?.at, name: personName(random), phone: `199${String(random.whole(0, 99_999_999)).padStart(8, '0')}` },
    steps: acts.map(({ act, at, by, note }, no) => { const has = holderAfter(acts, no, story); return { id: newId<'Step'>(), ...place, complaintId: id, act, note, isInternal: act === 'object', handlerId: has.id, handlerName: has.name, status: statusAfter(acts, no), actedByName: `${by.name}经办人`, bodyName: by.name, actedAt: at }; }),
    told: acts.flatMap(({ act, at }, no) => {
      const done = acts.slice(0, no + 1);
      const told: Told = { complaintId: id, act, at, handlerId: makeId<'OrgUnit'>(holderAfter(acts, no, story).id), companyId: done.some((each) => each.act === 'ask') && company !== null ? makeId<'Company'>(company) : null, intervenedAt: done.find((each) => each.act === 'intervene')?.at ?? null, version: no + 1 };
      // Whoever takes it in at a counter has signed for it.
      return act === 'receive' ? [told, { ...told, act: 'sign' }] : [told];
    }),
  };
}

/** 拟提请联席会议 of what came back too often, on the day it did. */
function agendaOf({ on, relapse }: Story): { readonly agendaOn: LocalDate | null; readonly agendaGrounds: readonly AgendaGround[] } {
  const isProposed = isRelapsedTooOften(relapse?.no ?? 0, parameterOn(relapsesToAgenda, [], on).value);
  return isProposed ? { agendaOn: on, agendaGrounds: ['relapse'] } : { agendaOn: null, agendaGrounds: [] };
}

const holderAfter = (acts: readonly Act[], no: number, { first, handler }: Story): BodyRow => (acts.slice(0, no + 1).some(({ act }) => act === 'assign') ? handler : first);
const status: Partial<Record<Act['act'], string>> = { receive: 'signed', accept: 'accepted', assign: 'assigned', contact: 'handling', reply: 'replied', close: 'closed' };
const statusAfter = (acts: readonly Act[], no: number): string => acts.slice(0, no + 1).map(({ act }) => status[act]).findLast((each) => each !== undefined) ?? 'signed';

/** The acts that brought a file to its stage, in the order of their times; times of day are UTC hours of a working morning and afternoon. */
function actsOf(random: Random, { estate, code, on, daysAgo, first, handler, stage, took, isObjected }: Story): Act[] {
  const hour = (day: LocalDate, at: number) => `${day}T${String(at).padStart(2, '0')}:${String(random.whole(10, 59))}:00.000Z` as Instant;
  const reached = ['signed', 'accepted', 'assigned', 'handling', 'closed'].indexOf(stage);
  const isAsked = saidOf(code).isForCompany === true && (estate.companyId ?? null) !== null && reached >= 3;
  const after = daysAgo - took;
  const acts: (Act | false)[] = [
    { act: 'receive', at: hour(on, 1), by: first, note: '' },
    reached >= 1 && { act: 'accept', at: hour(on, 2), by: first, note: '' },
    reached >= 2 && (first.id !== handler.id || stage === 'assigned') && { act: 'assign', at: hour(on, 3), by: first, note: first.id === handler.id ? '' : '按责任清单交办' },
    isAsked && { act: 'ask', at: hour(on, 4), by: first, note: '请先到现场处理，并反馈情况。' },
    reached >= 3 && { act: 'contact', at: hour(on, 7), by: handler, note: '已电话联系投诉人，约定到现场查看。' },
    isObjected === true && { act: 'object', at: hour(on, 8), by: handler, note: '经查不属于本单位职责，请指定承办单位。' },
    isAboutCommittee(code) && daysAgo > 3 && { act: 'intervene', at: hour(addDays(on, 2), 5), by: first, note: '社区党组织书记约谈业委会主任，听取双方意见。' },
    stage === 'closed' && { act: 'reply', at: hour(addDays(on, took), 6), by: handler, note: '经现场查看和协调，已处理。' },
    stage === 'closed' && { act: 'close', at: hour(addDays(on, took), 8), by: handler, note: '' },
    stage === 'closed' && after > 4 && { act: 'followUp', at: hour(addDays(on, took + 2), 6), by: handler, note: '' },
    stage === 'closed' && isRebound(code) && after > 30 && { act: 'recheck', at: hour(addDays(on, took + 28), 6), by: first, note: '网格员到现场确认。' },
  ];
  return acts.filter((act) => act !== false).toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
