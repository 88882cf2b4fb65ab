import { sql, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { IncomingLetter } from '#contract/incoming-letter.ts';
import { incomingCan, maskedAddress } from '#domain/complaint/incoming.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { within } from '#platform/access/scope.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { endFiles } from '#platform/files/end-files.ts';
import { Problem } from '#platform/problem.ts';
import type { Office } from '../office.ts';
import { maskedName } from '../present.ts';
import { visibleComplaints, type ComplaintRecord } from '../store.ts';
import type { ComplaintTables } from '../tables.gen.ts';

/** 来信 as stored. */
export type LetterRecord = Selectable<ComplaintTables['complaint.incomingLetter']>;
type Shown = z.input<typeof IncomingLetter>;

/** 可见的来信: the county's posts see all of the county, a township or community what came to it. */
export const visibleLetters = (db: Db, { scope }: Pick<Ctx, 'scope'>) => within(scope, db.selectFrom('complaint.incomingLetter as l'), { alias: 'l', only: ['county', 'township', 'neighbourhood'] });

const found = (row: LetterRecord | undefined): LetterRecord => {
  if (row === undefined) throw new Problem('not-found', '没有这封来信，或不在管辖范围内');
  return row;
};
/** 查来信. @throws Problem not-found */
export const getLetter = async (db: Db, ctx: Pick<Ctx, 'scope'>, id: Id<'IncomingLetter'>): Promise<LetterRecord> => found(await visibleLetters(db, ctx).selectAll('l').where('l.id', '=', id).executeTakeFirst());
/** 锁来信 for change. @throws Problem not-found, state.stale */
export async function lockLetter(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'IncomingLetter'>): Promise<LetterRecord> {
  const row = found(await visibleLetters(db, ctx).selectAll('l').where('l.id', '=', id).forUpdate().executeTakeFirst());
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这封来信已被别人办理，请刷新后核对');
  return row;
}

/** 不能这样办. @throws Problem state.conflict with the reason why not */
export function mustBe(row: LetterRecord, act: keyof ReturnType<typeof incomingCan>): void {
  const can = incomingCan({ status: row.status, isGone: row.erasedAt !== null })[act];
  if (can !== true) throw new Problem('state.conflict', can);
}

/** 改来信. */
export const changeLetter = (tx: Tx, row: Pick<LetterRecord, 'id'>, columns: Partial<Omit<LetterRecord, 'id' | 'version'>>): Promise<LetterRecord> =>
  tx.db.updateTable('complaint.incomingLetter').set((eb) => ({ ...columns, version: eb('version', '+', 1) })).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow();

/** 清除寄信人: what the complaint keeps, or nobody needs, is not kept here as well. */
export const withoutSender = { nameCipher: null, mailCipher: null, mailIndex: null } as const;
const FILED = { name: '来信（已随投诉件保存）.txt', text: '这封信已随投诉件保存，请在投诉件里打开来件原件。' };

/** 来信已办: the letter that became a file, or went into one, is done wherever it waited, and from here on lies in the file alone. */
export async function settleLetter(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now' | 'kit'>, row: ComplaintRecord, mark: string, status: 'registered' | 'added'): Promise<void> {
  await beyondScope(tx, async () => {
    const letter = await tx.db.selectFrom('complaint.incomingLetter').selectAll().where('countyId', '=', row.countyId).where('messageMark', '=', mark).where('complaintId', 'is', null).forUpdate().executeTakeFirst();
    if (letter === undefined) return;
    await changeLetter(tx, letter, { ...withoutSender, status, complaintId: row.id, asideReason: null, asideNote: null, handledByName: ctx.actor.name, handledAt: ctx.now });
    await endFiles(tx, ctx.kit.files, [letter.fileId], FILED);
    tx.audit({ action: status === 'registered' ? 'incoming-letter.register' : 'incoming-letter.add', subject: ['IncomingLetter', letter.id], before: { status: letter.status }, after: { status, no: complaintNo(row.numberYear, row.numberSerial) }, countyId: letter.countyId, townshipId: letter.townshipId });
  });
}

/** 呈现来信, in the order given. */
export async function presentLetters(db: Db, ctx: Pick<Ctx, 'scope' | 'kit'>, office: Office, rows: readonly LetterRecord[]): Promise<Shown[]> {
  if (rows.length === 0) return [];
  const named = [...new Set(rows.flatMap(({ suggestedId, complaintId }) => [suggestedId, complaintId].filter((one) => one !== null)))];
  const seen = new Map(named.length === 0 ? [] : (await visibleComplaints(db, ctx, office).select(['c.id', 'c.numberYear', 'c.numberSerial']).where('c.id', 'in', named).execute()).map((row) => [row.id, complaintNo(row.numberYear, row.numberSerial)]));
  const bodies = new Map((await db.selectFrom('platform.orgUnit').select(['id', 'name']).where('id', 'in', [...new Set(rows.map((row) => row.neighbourhoodId ?? row.townshipId ?? row.countyId))]).execute()).map(({ id, name }) => [id, name]));
  const { rows: same } = await sql<{ id: string }>`select l.id from complaint.incoming_letter l where l.id = any(${rows.map(({ id }) => id)}::uuid[]) and exists (select from complaint.complainant x where x.complaint_id = l.suggested_id and x.mail_index = l.mail_index)`.execute(db);
  const fromSame = new Set(same.map(({ id }) => id));
  return rows.map((row) => {
    const suggestedNo = row.suggestedId === null ? undefined : seen.get(row.suggestedId);
    const isOver = row.status === 'registered' || row.status === 'added';
    return {
      id: row.id, subject: row.subject, ...senderOf(ctx.kit.vault, row), receivedOn: row.receivedOn, isDayRead: row.isDayRead, status: row.status, fault: row.fault, fileCount: row.fileCount, place: bodies.get(row.neighbourhoodId ?? row.townshipId ?? row.countyId) ?? '',
      keptAt: row.keptAt, keptBy: row.keptByName, handledBy: row.handledByName, handledAt: row.handledAt, asideReason: row.asideReason, asideNote: row.asideNote,
      suggested: isOver || row.suggestedId === null || suggestedNo === undefined ? null : { id: row.suggestedId, no: suggestedNo, isSameSender: fromSame.has(row.id) },
      complaint: row.complaintId === null ? null : { id: seen.has(row.complaintId) ? row.complaintId : null, no: seen.get(row.complaintId) ?? '（别的单位的投诉件）' }, can: incomingCan({ status: row.status, isGone: row.erasedAt !== null }), version: row.version,
    };
  });
}

function senderOf(vault: Vault, { nameCipher, mailCipher }: LetterRecord): Pick<Shown, 'sender' | 'mail'> {
  return { sender: nameCipher === null ? '' : maskedName(vault.open(nameCipher)), mail: mailCipher === null ? '' : maskedAddress(vault.open(mailCipher)) };
}
