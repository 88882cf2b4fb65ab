import { sql } from 'kysely';
import { mailAddress } from '#contract/notice-channel.ts';
import { letterDay } from '#domain/complaint/letter.ts';
import { numberInSubject } from '#domain/complaint/incoming.ts';
import { isId, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { tryMail, type Mail, type MailRefusal } from '#platform/mail/read-mail.ts';
import { daysTold, knownLetter, LETTER_NAME, sortFiles } from '../letter-mail.ts';
import { sealMail } from '../mail.ts';

/** 收信的地方: the county, or the township or community whose letters these are. */
export interface LetterPlace { readonly countyId: Id<'OrgUnit'>; readonly townshipId: Id<'OrgUnit'> | null; readonly neighbourhoodId: Id<'OrgUnit'> | null }
export interface Kept { readonly outcome: 'kept' | 'unreadable' | 'listed' | 'registered'; readonly words: string }
/** 来的一封信. `arrivedOn`: the day the mailbox itself says; without it what stands in the letter's own head. */
export interface Arrived { readonly upload: Upload; readonly place: LetterPlace; readonly arrivedOn?: LocalDate }

/** What is wrong with the letter and not with the choice of a file: it stays in the list, with the reason. */
const isLetter = (refusal: MailRefusal): boolean => ['too-deep', 'too-many', 'too-slow', 'too-large'].includes(refusal.fault);

/**
 * 放入来信待登记: read once, then listed, whatever it is; what its reader cannot get through is listed with the reason. A letter that is listed or
 * registered already is told and not listed again. @returns null where it is no letter at all, with the refusal
 */
export async function keepLetter(ctx: Ctx, { upload, place, arrivedOn }: Arrived): Promise<Kept | MailRefusal> {
  const mail = await tryMail(upload);
  if ('fault' in mail && !isLetter(mail)) return mail;
  return ctx.transact(async (tx) => {
    const mark = 'fault' in mail ? upload.hash : mail.mark;
    const known = await knownLetter(tx.db, place.countyId, { mark });
    if (known !== null) { tx.auditNothing('it is a complaint already'); return { outcome: 'registered' as const, words: `已经登记为${known.no}` }; }
    const [id, fileId] = [newId<'IncomingLetter'>(), newId<'File'>()];
    await tx.db.insertInto('platform.file').values({ id: fileId, ...place, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: 'message/rfc822', name: LETTER_NAME, subjectKind: 'IncomingLetter', subjectId: id, uploadedBy: ctx.actor.userId, createdAt: ctx.now }).execute();
    const row = {
      id, ...place, messageMark: mark, fileId, keptByName: ctx.actor.name, keptAt: ctx.now, version: 1, ...('fault' in mail ? { status: 'unreadable' as const, fault: mail.words.slice(0, 500), ...dayOf(ctx, [], arrivedOn) } : { status: 'waiting' as const, ...await toldBy(tx, ctx, place, mail), ...dayOf(ctx, daysTold(mail), arrivedOn) }),
    };
    const made = await tx.db.insertInto('complaint.incomingLetter').values(row).onConflict((conflict) => conflict.columns(['countyId', 'messageMark']).doNothing()).returning('id').executeTakeFirst();
    if (made === undefined) { tx.auditNothing('it is listed already'); throw new Listed(); }
    tx.audit({ action: 'incoming-letter.keep', subject: ['IncomingLetter', id], before: null, after: { status: row.status, receivedOn: row.receivedOn }, countyId: place.countyId, townshipId: place.townshipId });
    return row.status === 'waiting' ? { outcome: 'kept' as const, words: '已放入来信待登记' } : { outcome: 'unreadable' as const, words: row.fault };
  }).catch((error: unknown) => {
    if (error instanceof Listed) return { outcome: 'listed' as const, words: '已经在来信待登记里，没有再列一次' };
    throw error;
  });
}
/** Takes back what was written for a letter that turns out to be listed. */
class Listed extends Error {}

function dayOf({ today }: Pick<Ctx, 'today'>, told: readonly LocalDate[], arrivedOn: LocalDate | undefined) {
  return letterDay(arrivedOn === undefined ? told : [arrivedOn, ...told], today);
}

async function toldBy(tx: Tx, ctx: Pick<Ctx, 'kit'>, { countyId }: LetterPlace, mail: Mail) {
  const { vault } = ctx.kit;
  const address = mailAddress.safeParse(mail.address);
  return { nameCipher: mail.name === '' ? null : vault.seal(mail.name.slice(0, 50)), ...sealMail(vault, address.success ? address.data : null), subject: [...mail.subject].slice(0, 100).join(''), fileCount: sortFiles(mail.files).taken.length, suggestedId: await suggestedBy(tx, countyId, mail) };
}

/** 像是哪一件的补充: the complaint whose receipt or answer the letter replies to, else the one whose number stands in its subject; of the same county. */
async function suggestedBy(tx: Tx, countyId: Id<'OrgUnit'>, { references, subject }: Mail): Promise<Id<'Complaint'> | null> {
  const deliveries = references.flatMap((one) => { const [own = ''] = one.split('@'); return isId<'NoticeDelivery'>(own) ? [own] : []; });
  const number = numberInSubject(subject);
  return beyondScope(tx, async () => {
    const { rows: [replied] } = await sql<{ id: Id<'Complaint'> }>`
      select x.complaint_id as id from platform.notice_delivery d join platform.link k on k.id = d.link_id join complaint.complainant x on x.id = k.subject_id
       where d.id = any(${deliveries}::uuid[]) and x.county_id = ${countyId}::uuid limit 1`.execute(tx.db);
    if (replied !== undefined || number === null) return replied?.id ?? null;
    return (await tx.db.selectFrom('complaint.complaint').select('id').where('countyId', '=', countyId).where('numberYear', '=', number.year).where('numberSerial', '=', number.serial).executeTakeFirst())?.id ?? null;
  });
}
