import { faultsIn, missingIn, overlaid, type CellFault } from '#domain/collection/check.ts';
import type { Values } from '#domain/collection/column.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { answerAbility, mustBeAble } from './access.ts';
import { mergedPart, summaryOfPart } from './merged.ts';
import { answersOf, openValues, sealValues } from './store/answers.ts';
import { columnsOf, type CollectionRecord } from './store/collections.ts';
import { tellParts } from './part-facts.ts';
import { linesOf, type PartRecord } from './store/parts.ts';
import { tellIssuer } from './tell-issuer.ts';

/** 谁在填: an account, or a name through a link. */
export interface Filler { readonly source: 'online' | 'link'; readonly userId: Id<'AppUser'> | null; readonly name: string }
interface Filling { readonly values: Values; readonly isUnchanged: boolean; readonly isHandedIn: boolean }
const SHOWN = 5;

/**
 * 填一份: saved, or handed in whole; 无变化 hands in what is held.
 * @throws Problem state.conflict past the end or when already handed in, input.invalid naming each cell
 */
export async function fillPart(tx: Tx, ctx: Ctx, { part, head }: { readonly part: PartRecord; readonly head: CollectionRecord }, filler: Filler, { values, isUnchanged, isHandedIn }: Filling): Promise<PartRecord> {
  mustBeAble(answerAbility(ctx, head));
  const own = (await answersOf(tx.db, [part.id])).find(({ source }) => source === filler.source);
  if (own?.status === 'handed-in') throw new Problem('state.conflict', '已经提交过了；需要改的，请先收回');
  const asked = { rows: linesOf(part), columns: columnsOf(head) };
  refuse(faultsIn(asked, values));
  const held = openValues(ctx.kit.vault, part.heldCipher);
  const whole = overlaid(asked, held, isUnchanged ? {} : values);
  if (isHandedIn) refuse(missingIn(asked, whole), isUnchanged ? '有必填的栏目台账里也没有，不能直接按“无变化”提交：' : '');
  const written = { valuesCipher: sealValues(ctx.kit.vault, whole), byName: filler.name, userId: filler.userId, status: isHandedIn ? 'handed-in' as const : 'saved' as const, handedInAt: isHandedIn ? ctx.now : null, updatedAt: ctx.now };
  // The part is locked: nobody makes this source's answer between the look above and here.
  if (own === undefined) await tx.db.insertInto('collection.answer').values({ id: newId<'Answer'>(), ...scopeOf(part), partId: part.id, source: filler.source, createdAt: ctx.now, ...written }).execute();
  else await tx.db.updateTable('collection.answer').set(written).where('id', '=', own.id).execute();
  const after = await touchPart(tx, ctx, { part, head }, isHandedIn ? { status: 'answered', answeredAt: ctx.now, returnedReason: null } : {});
  tx.audit({ action: isHandedIn ? 'collection.hand-in' : 'collection.save', subject: ['Part', part.id], before: null, after: { source: filler.source, byName: filler.name, isUnchanged, rows: asked.rows.length }, countyId: part.countyId, townshipId: part.townshipId });
  if (isHandedIn) await tellIssuer(tx, ctx, head);
  return after;
}

function refuse(faults: readonly CellFault[], before = ''): void {
  if (faults.length === 0) return;
  const more = faults.length > SHOWN ? `；另有 ${faults.length - SHOWN} 处` : '';
  throw new Problem('input.invalid', `${before}${faults.slice(0, SHOWN).map(({ message }) => message).join('；')}${more}`, { errors: faults.slice(0, 200).map(({ row, column, message }) => ({ pointer: `/values/${row}/${column}`, message })) });
}

/** 收回 until the end: what was filled in stays, to be changed and handed in again. */
export async function takeBackPart(tx: Tx, ctx: Ctx, { part, head }: { readonly part: PartRecord; readonly head: CollectionRecord }, filler: Filler): Promise<PartRecord> {
  mustBeAble(answerAbility(ctx, head));
  const answers = await answersOf(tx.db, [part.id]);
  const own = answers.find(({ source }) => source === filler.source);
  if (own?.status !== 'handed-in') throw new Problem('state.conflict', '还没有提交，不用收回');
  await tx.db.updateTable('collection.answer').set({ status: 'saved', handedInAt: null, updatedAt: ctx.now }).where('id', '=', own.id).execute();
  const others = answers.filter(({ id, status }) => id !== own.id && status === 'handed-in');
  const after = await touchPart(tx, ctx, { part, head }, others.length > 0 ? {} : { status: 'waiting', answeredAt: null });
  tx.audit({ action: 'collection.take-back', subject: ['Part', part.id], before: { source: filler.source }, after: null, countyId: part.countyId, townshipId: part.townshipId });
  return after;
}

/** 改一份: every change moves its version, so that nobody decides or fills over what he has not seen, and its summary is made anew; what it does to its time limit is told. */
export async function touchPart(tx: Tx, ctx: Pick<Ctx, 'now' | 'kit' | 'actor' | 'scope'>, { part, head }: { readonly part: PartRecord; readonly head: CollectionRecord }, set: { status?: PartRecord['status']; answeredAt?: PartRecord['answeredAt']; returnedReason?: string | null; choosings?: string }): Promise<PartRecord> {
  const columns = columnsOf(head);
  const choosings: unknown = set.choosings === undefined ? part.choosings : JSON.parse(set.choosings);
  const summary = summaryOfPart(columns, mergedPart(ctx.kit.vault, columns, { ...part, choosings }, await answersOf(tx.db, [part.id])));
  const after = await tx.db.updateTable('collection.part').set((eb) => ({ ...set, summary: JSON.stringify(summary), updatedAt: ctx.now, version: eb('version', '+', 1) })).where('id', '=', part.id).returningAll().executeTakeFirstOrThrow();
  if ((part.status === 'answered') !== (after.status === 'answered')) await tellParts(tx, ctx, { head, parts: [after], event: after.status === 'answered' ? 'collection.part-answered' : 'collection.part-opened-again', mark: `:${after.version}` });
  return after;
}

/** The scope columns that what hangs below a part carries. */
export const scopeOf = ({ countyId, townshipId, neighbourhoodId, companyId }: PartRecord) => ({ countyId, townshipId, neighbourhoodId, companyId });
