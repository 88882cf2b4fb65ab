import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { addDays, yearOf } from '#domain/kernel/local-date.ts';
import { workingCalendar } from '#domain/kernel/working-calendar.ts';
import { blocksOf, type PublicBlock } from '#domain/publication/content.ts';
import { untilOf } from '#domain/publication/period.ts';
import { digestOf, drawnDigest } from '#modules/publication/content.ts';
import { newId } from '#platform/ids.ts';
import type { CopyRow } from '../copy.ts';

/** Who of the demo bureau drafts, reviews and issues. */
export interface PublishingStaff { readonly drafter: Person; readonly reviewer: Person; readonly leader: Person }
interface Person { readonly id: string; readonly name: string }
interface Office { readonly countyId: string; readonly countyCode: string; readonly bureauId: string; readonly bureauName: string; readonly staff: PublishingStaff; readonly estates: readonly PublishedEstate[]; readonly today: LocalDate; readonly now: Instant }
interface Sketch { readonly title: string; readonly body: string; readonly days: number | null; readonly daysAgo: number; readonly state: 'published' | 'withdrawn' | 'reviewing'; readonly reason?: string; readonly about?: PublishedEstate }
/** 公开的小区信息: what the register said of one estate on the day it was drawn up. */
export interface PublishedEstate { readonly estateId: string; readonly townshipId: string; readonly title: string; readonly blocks: readonly PublicBlock[] }
/** How long ago the facts of estates were published. */
export const ESTATES_DAYS_AGO = 20;

const sketches: readonly Sketch[] = [
  { title: '关于公布住宅小区物业服务投诉渠道的公告', daysAgo: 12, days: null, state: 'published', body: '业主对物业服务有意见的，可以先向物业服务中心反映，也可以通过以下渠道反映。\n渠道｜受理时间｜办理方式\n政务服务便民热线12345｜全天｜转有关部门办理\n所在乡镇、街道物业管理办公室｜工作日｜当面或电话登记\n县住房和城乡建设局物业管理科｜工作日｜当面或来信\n反映时请说明小区名称、楼栋位置和具体情况。反映人的信息予以保密。' },
  { title: '关于开展住宅小区冬季消防安全检查的通知', daysAgo: 3, days: 60, state: 'published', body: '各物业服务企业、各住宅小区业主：\n为做好冬季消防安全工作，决定在全县住宅小区开展检查。\n一、检查内容\n- 疏散通道、安全出口、消防车通道是否畅通\n- 电动自行车是否违规停放、充电\n- 消防设施是否完好有效\n二、有关要求\n请各物业服务企业先行自查，发现问题立即整改。请业主配合清理楼道杂物。' },
  { title: '关于某小区电梯更换进度的说明', daysAgo: 8, days: 30, state: 'withdrawn', reason: '完工日期有误，核实后重新发布', body: '电梯更换工程按计划进行，预计本月底完工。' },
  { title: '关于征求物业服务质量评价办法意见的公告', daysAgo: 0, days: 30, state: 'reviewing', body: '为规范物业服务质量评价，起草了评价办法（征求意见稿），现向社会公开征求意见。\n一、征求意见的时间\n自发布之日起三十日。\n二、反映意见的方式\n书面意见请寄县住房和城乡建设局物业管理科。' },
];

/** 演示的公开事项: the facts of some estates, two announcements that stand, one withdrawn, one that waits for review; with the steps that led there. */
export function planPublications(office: Office): { items: CopyRow[]; steps: CopyRow[]; registers: CopyRow[] } {
  const all = [...office.estates.map((about): Sketch => ({ title: about.title, body: '', days: null, daysAgo: ESTATES_DAYS_AGO, state: 'published', about })), ...sketches];
  const made = all.map((sketch, at) => itemOf(office, sketch, at + 1));
  const years = Map.groupBy(made.filter(({ issuedOn }) => issuedOn !== null), ({ issuedOn }) => yearOf(issuedOn ?? office.today));
  return { items: made.map(({ row }) => row), steps: made.flatMap(({ steps }) => steps), registers: [...years.keys()].map((year) => ({ countyId: office.countyId, year, lastSerial: all.length })) };
}

function itemOf({ countyId, countyCode, bureauId, bureauName, staff, today, now }: Office, { title, body, days, daysAgo, state, reason, about }: Sketch, serial: number) {
  const isOut = state !== 'reviewing';
  const on = addDays(today, -daysAgo);
  const issuedOn = isOut ? on : null;
  const at = isOut ? `${on}T02:00:00.000Z` : now;
  const blocks = about?.blocks ?? blocksOf(body);
  const kind = about === undefined ? 'announcement' : 'estate';
  const contentSha256 = digestOf({ kind, title, blocks, files: [] });
  const until = untilOf({ kind: days === null ? 'none' : 'natural', days, until: null }, on, workingCalendar(publishedHolidays));
  const check = { attribute: 'active', note: '', by: staff.reviewer.name, at, answers: { stateSecret: 'none', workSecret: 'none', personal: 'none', commercial: 'none', thirdParty: 'none' } };
  const id = newId<'Publication'>();
  const row: CopyRow = {
    id, countyId, level: 'county', issuerId: bureauId, issuerName: bureauName, kind, subjectId: about?.estateId ?? null, aboutTownshipId: about?.townshipId ?? null, drawnSha256: about === undefined ? null : drawnDigest(about), title, body, content: JSON.stringify(blocks), contentSha256, drawnOn: on, periodKind: days === null ? 'none' : 'natural', periodDays: days,
    sightings: '[]', answers: '[]', status: state, writerIds: [staff.drafter.id], draftedBy: staff.drafter.id, draftedByName: staff.drafter.name,
    reviewedBy: isOut ? staff.reviewer.id : null, reviewedByName: isOut ? staff.reviewer.name : null, reviewedAt: isOut ? at : null, reviewedSha256: isOut ? contentSha256 : null, openCheck: isOut ? JSON.stringify(check) : null, openAttribute: isOut ? 'active' : null,
    issuedBy: isOut ? staff.leader.id : null, issuedByName: isOut ? staff.leader.name : null, issuedOn, issuedAt: isOut ? at : null, untilOn: isOut ? until.on : null, untilWords: isOut ? until.words : null,
    publicId: isOut ? newId<'PublicItem'>() : null, indexNo: isOut ? `${countyCode}/${yearOf(on)}-${String(serial).padStart(5, '0')}` : null,
    endedOn: state === 'withdrawn' ? on : null, endedAt: state === 'withdrawn' ? at : null, withdrawnByName: state === 'withdrawn' ? staff.leader.name : null, withdrawReason: reason ?? null, version: 1, createdAt: at, updatedAt: at,
  };
  const step = (act: string, by: Person, opinion: string): CopyRow => ({ id: newId<'Step'>(), publicationId: id, countyId, act, opinion, actedBy: by.id, actedByName: by.name, actedAt: at, contentSha256 });
  const steps = [step('draft', staff.drafter, ''), step('submit', staff.drafter, ''), ...(isOut ? [step('approve', staff.reviewer, '同意'), step('issue', staff.leader, '同意发布')] : []), ...(state === 'withdrawn' ? [step('withdraw', staff.leader, reason ?? '')] : [])];
  return { row, steps, issuedOn };
}
