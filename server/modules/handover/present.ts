import { sql } from 'kysely';
import { z } from 'zod';
import type { Output } from '#contract/define-route.ts';
import { handOverCause, handOverStatus, type getHandOver as route, type listHandOvers } from '#contract/handover.ts';
import { roleMay } from '#contract/permissions.ts';
import { cancelInTime, incomingSigns, leaveUnderWay, objectionInTime, outgoingSigns, standInApart, witnessSigns } from '#domain/handover/rules.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Violation } from '#domain/kernel/rule.ts';
import { historyOf } from '#platform/audit/history.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { goingPosts, heldIn, keyOf, markOf, type Held } from './held.ts';
import { mayStandIn, partOf, storedItems, type HandOverRecord, type ItemRecord } from './store.ts';

type Out = Output<typeof route>;
type Row = Output<typeof listHandOvers>['rows'][number];
/** What of a hand-over its history tells. */
const Told = z.object({ status: handOverStatus, cause: handOverCause, toName: z.string().meta({ title: '接手人' }), items: z.number().meta({ title: '清单项数' }), objections: z.string().meta({ title: '异议' }), paper: z.string().meta({ title: '移交清单编号' }), signer: z.string().meta({ title: '签字人' }), disabled: z.boolean().meta({ title: '停用原账号' }) });

/** 工作交接列表行. */
export const presentRow = ({ id, fromName, toName, witnessName, cause, reason, plannedOn, untilOn, status, startedByName, createdAt, completedAt }: HandOverRecord, itemCount: number): Row =>
  ({ id, fromName, toName, witnessName, cause, reason, plannedOn, untilOn, status, itemCount, startedByName, createdAt, completedAt });

/** 清单项数 of some. */
export async function itemCounts(db: Db, ids: readonly Id<'HandOver'>[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('handover.line').select(['handOverId', sql<number>`count(*)::integer`.as('items')]).where('handOverId', 'in', ids).groupBy('handOverId').execute();
  return new Map(rows.map(({ handOverId, items }) => [handOverId, items]));
}

export interface List { readonly items: Out['items']; readonly mark: string; readonly live: readonly Held[]; /** What has come to the outgoing since the signature. */ readonly added: readonly string[] }

/**
 * 清单 as the reader is to see it: what was signed; to whoever signs for the outgoing what is held now, until that is what was signed. Objections and
 * answers of the round before stay with their lines.
 */
export async function listOf(ctx: Ctx, db: Db, row: HandOverRecord, { forSigning }: { readonly forSigning: boolean }): Promise<List> {
  const stored = await storedItems(db, row.id);
  const frozen = { items: stored.map(shownStored), mark: markOf(stored), live: [], added: [] };
  if (row.status === 'completed' || row.status === 'returned' || (row.status === 'cancelled' && stored.length > 0)) return frozen;
  const live = await heldIn(ctx.kit, db, row.fromId, await goingPosts(db, row.fromId, row.grantIds));
  const before = new Map(stored.map((item) => [keyOf(item), item]));
  const added = row.status === 'signed' ? live.filter((held) => !before.has(keyOf(held))).map(({ title }) => title) : [];
  if (row.status === 'signed' && !(forSigning && added.length > 0)) return { ...frozen, live, added };
  return { items: live.map((held) => ({ ...shown(held), note: before.get(keyOf(held))?.note ?? '', objection: before.get(keyOf(held))?.objection ?? null })), mark: markOf(live), live, added };
}

const shown = (held: Held) => ({ key: keyOf(held), group: held.group, title: held.title, detail: held.detail, path: held.path });
const shownStored = (item: ItemRecord): Out['items'][number] => ({ key: keyOf(item), group: item.itemGroup, title: item.title, detail: item.detail, path: item.path, note: item.note, objection: item.objection });
/** A list before anything is begun. */
export const shownHeld = (held: Held): Out['items'][number] => ({ ...shown(held), note: '', objection: null });

/** 工作交接详情; `ctx` as the request brought it, `db` with the system's scope. */
export async function presentHandOver(ctx: Ctx, db: Db, row: HandOverRecord): Promise<Out> {
  const isHead = await mayStandIn(db, ctx, row);
  const part = partOf(ctx, row);
  const { items, mark, added } = await listOf(ctx, db, row, { forSigning: part === 'from' || (part === 'none' && isHead) });
  const paper = row.paperId === null ? undefined : await db.selectFrom('paper.paper').select(['id', 'numberYear', 'numberSerial']).where('id', '=', row.paperId).executeTakeFirst();
  return {
    ...presentRow(row, items.length), from: { id: row.fromId, name: row.fromName }, to: { id: row.toId, name: row.toName }, witness: row.witnessId === null ? null : { id: row.witnessId, name: row.witnessName ?? '' },
    postTitles: items.filter(({ group }) => group === 'post').map(({ title }) => title), items, listMark: mark, remark: row.remark, papers: row.papers, signatures: signaturesOf(row), hasScan: row.scanFileId !== null,
    isAccountEnded: row.isAccountEnded, paper: paper ? { id: paper.id, number: `${paper.numberYear}-${paper.numberSerial}` } : null, cancelReason: row.cancelReason, returnedAt: row.returnedAt,
    myPart: part === 'none' && isHead ? 'stand-in' : part, version: row.version, history: await historyOf(db, 'HandOver', row.id, Told), added: [...added], can: canOf(ctx, row, isHead, added),
  };
}

function signaturesOf(row: HandOverRecord): Out['signatures'] {
  const own = { byName: null, inPlaceReason: null };
  return [
    { role: 'from', title: '移交人', person: row.fromName, at: row.fromSignedAt, byName: row.fromSignedBy === row.fromId ? null : row.fromSignedName, inPlaceReason: row.standInReason },
    ...(row.witnessName === null ? [] : [{ role: 'witness' as const, title: '监交人', person: row.witnessName, at: row.witnessSignedAt, ...own }]),
    { role: 'to', title: '接手人', person: row.toName, at: row.toSignedAt, ...own },
  ];
}

const said = (violations: readonly Violation[]): true | string => (violations.length === 0 ? true : violations.map(({ message }) => message).join('；'));

/** 能做什么: true, or why not. */
function canOf(ctx: Ctx, row: HandOverRecord, isHead: boolean, added: readonly string[]): Out['can'] {
  const part = partOf(ctx, row);
  const by = (isMine: boolean, who: string, violations: readonly Violation[]) => (isMine ? said(violations) : who);
  const manages = ctx.actor.role !== null && roleMay(ctx.actor.role, 'handover.manage') && ctx.scope.id === row.countyId;
  const standIn = [...outgoingSigns.check(row), ...standInApart.check({ signerId: ctx.actor.userId, fromId: row.fromId, toId: row.toId, startedById: row.startedBy, covers: isHead })];
  return {
    signOutgoing: by(part === 'from', '由移交人本人签字', outgoingSigns.check(row)),
    standIn: by(isHead, '由移交人所在单位或县住建局的负责人代签', standIn),
    signWitness: by(part === 'witness', '由监交人本人签字', witnessSigns.check({ status: row.status, witnessSigned: row.witnessSignedAt !== null })),
    object: by(part === 'to', '由接手人提出', objectionInTime.check(row)),
    signIncoming: by(part === 'to', '由接手人本人签收', incomingSigns.check({ status: row.status, today: ctx.today, plannedOn: row.plannedOn, witness: row.witnessName, witnessSigned: row.witnessSignedAt !== null, added })),
    cancel: by(manages, '由安全管理员取消', cancelInTime.check(row)), endLeave: by(manages, '由安全管理员办理', leaveUnderWay.check(row)),
    openPaper: ctx.actor.role !== null && roleMay(ctx.actor.role, 'paper.read') ? true : '您的岗位不看文书，可以下载移交清单',
  };
}
