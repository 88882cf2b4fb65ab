import { z } from 'zod';
import { Readable } from 'node:stream';
import { instantOf, epochOf, todayIn } from '#domain/kernel/local-date.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { readMail, type Mail, type MailFile } from '#platform/mail/read-mail.ts';
import { Problem } from '#platform/problem.ts';
import { isNamedAs, MOST_BYTES, typeOfHead } from './attachment-type.ts';
import { settleLetter } from './incoming/store.ts';
import { placeOf, type ComplaintRecord } from './store.ts';

/** 来件原件的名称: the name a clerk saved it under may name the writer. */
export const LETTER_NAME = '来件原件.eml';
/** Taken out of one letter; the rest stays in it. */
const MOST_FILES = 20;
const VALID_MS = 12 * 3_600_000;

const ticket = z.object({ of: z.literal('letter'), userId: z.string(), countyId: z.string(), until: z.number(), hash: z.string(), sizeBytes: z.number() });
/** 读过的来信: its content lies in the store under its hash and belongs to nothing yet. */
export interface LetterHeld { readonly hash: string; readonly sizeBytes: number }
/** 待入卷的来信: read once more, what is taken out of it stored. */
export interface LetterTaken extends LetterHeld { readonly mark: string; readonly files: readonly Upload[] }

/** 来信凭据, for whoever read it and for half a day: sealed, so that nobody names another's file by its hash. */
export const sealTicket = (ctx: Pick<Ctx, 'actor' | 'scope' | 'now' | 'kit'>, { hash, sizeBytes }: LetterHeld): string =>
  ctx.kit.vault.seal(JSON.stringify({ of: 'letter', userId: ctx.actor.userId, countyId: ctx.scope.countyId, until: epochOf(ctx.now) + VALID_MS, hash, sizeBytes }));

/** 打开凭据. @throws Problem input.invalid when it is none, another's, or too old */
export function openTicket(ctx: Pick<Ctx, 'actor' | 'scope' | 'now' | 'kit'>, sealed: string): LetterHeld {
  const told = ticket.safeParse(opened(ctx, sealed));
  if (!told.success || told.data.userId !== ctx.actor.userId || told.data.countyId !== ctx.scope.countyId || instantOf(told.data.until) < ctx.now) throw new Problem('input.invalid', '来信需要重新读取：请再选一次那个 .eml 文件', { errors: [{ pointer: '/letter', message: '请重新选择来信' }] });
  return told.data;
}
function opened({ kit }: Pick<Ctx, 'kit'>, sealed: string): unknown {
  try { return JSON.parse(kit.vault.open(sealed)); } catch { return null; }
}

/** 取得出来的附件: PDFs and pictures by their bytes; the rest is told by name and stays in the letter. */
export function sortFiles(files: readonly MailFile[]): { readonly taken: readonly (MailFile & { readonly mediaType: string })[]; readonly left: readonly string[] } {
  const sorted = files.map((file, at) => ({ file, type: file.sizeBytes <= MOST_BYTES && file.sizeBytes > 0 ? typeOfHead(file.head) : undefined, name: file.name.trim() === '' ? `附件${at + 1}` : file.name }));
  const good = sorted.flatMap(({ file, type, name }) => (type === undefined ? [] : [{ ...file, name: isNamedAs(name, type) ? name : `${name}${type.ends[0]}`, mediaType: type.mediaType }]));
  return { taken: good.slice(0, MOST_FILES), left: [...sorted.flatMap(({ type, name }) => (type === undefined ? [name] : [])), ...good.slice(MOST_FILES).map(({ name }) => name)] };
}

/** 取出来信的附件 into the store, before anything is written. @throws Problem as `readMail`; file.not-found */
export async function takeLetter({ kit }: Pick<Ctx, 'kit'>, held: LetterHeld): Promise<LetterTaken> {
  (await kit.files.open(held.hash)).destroy();
  const mail = await readMail({ ...held, path: kit.files.pathOf(held.hash), name: LETTER_NAME }, true);
  const files: Upload[] = [];
  for (const { name, mediaType, bytes } of sortFiles(mail.files).taken) if (bytes !== null) files.push(await kit.files.put(Readable.from([Buffer.from(bytes)]), { name, mediaType, limitBytes: MOST_BYTES }));
  return { ...held, mark: mail.mark, files };
}

/** 已登记的同一封信 of the county, wherever it lies; only its number is told. */
export const knownLetter = (db: Db, countyId: Id<'OrgUnit'>, { mark }: Pick<Mail, 'mark'>): Promise<{ readonly id: Id<'Complaint'>; readonly no: string } | null> => beyondScope({ db }, async () => {
  const row = await db.selectFrom('complaint.complaintFile as a').innerJoin('complaint.complaint as c', 'c.id', 'a.complaintId').select(['c.id', 'c.numberYear', 'c.numberSerial']).where('a.countyId', '=', countyId).where('a.messageMark', '=', mark).executeTakeFirst();
  return row === undefined ? null : { id: row.id, no: complaintNo(row.numberYear, row.numberSerial) };
});

/** 信头上的日期, the most reliable first: what our own post office wrote, then what the sender's clock said. */
export const daysTold = ({ receivedMs, sentMs }: Pick<Mail, 'receivedMs' | 'sentMs'>): LocalDate[] => [receivedMs, sentMs].flatMap((ms) => (ms === null || Math.abs(ms) > MOST_MS ? [] : [todayIn(instantOf(ms))]));
/** The year 2200: what lies beyond is no day. */
const MOST_MS = 7_258_118_400_000;

/** 来信入卷: the letter as it came, and what was taken out of it, as files of the complaint; where it waited in the list it is done. `as`: what it is to the file. @throws Problem state.duplicate naming the file the same letter became */
export async function adoptLetter(tx: Tx, ctx: Pick<Ctx, 'actor' | 'now' | 'kit'>, row: ComplaintRecord, { mark, files, ...held }: LetterTaken, as: 'registered' | 'added' = 'registered'): Promise<void> {
  const known = await knownLetter(tx.db, row.countyId, { mark });
  if (known !== null) throw new Problem('state.duplicate', `这封信已经登记为${known.no}，请打开那一件办理，不用再登记`);
  if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再登记来信');
  const place = { ...placeOf(row), companyId: null };
  const { userId } = ctx.actor;
  const add = async (fileNo: number, file: Pick<Upload, 'hash' | 'sizeBytes' | 'name' | 'mediaType'>, messageMark: string | null) => {
    const fileId = newId<'File'>();
    await tx.db.insertInto('platform.file').values({ id: fileId, ...place, hash: file.hash, sizeBytes: file.sizeBytes, mediaType: file.mediaType, name: file.name, subjectKind: 'Complaint', subjectId: row.id, uploadedBy: userId, createdAt: ctx.now }).execute();
    const kept = await tx.db.insertInto('complaint.complaintFile').values({ complaintId: row.id, fileNo, ...place, fileId, kind: messageMark === null ? 'given' : 'letter', messageMark, createdAt: ctx.now }).onConflict((conflict) => conflict.doNothing()).returning('fileNo').executeTakeFirst();
    if (kept === undefined) throw new Problem('state.duplicate', '这封信刚刚已经由别人登记，请在投诉列表里查看');
  };
  const from = as === 'registered' ? 1 : 1 + ((await tx.db.selectFrom('complaint.complaintFile').select((eb) => eb.fn.max('fileNo').as('last')).where('complaintId', '=', row.id).executeTakeFirst())?.last ?? 0);
  await add(from, { ...held, name: LETTER_NAME, mediaType: 'message/rfc822' }, mark);
  for (const [at, file] of files.entries()) await add(from + at + 1, file, null);
  await settleLetter(tx, ctx, row, mark, as);
}
