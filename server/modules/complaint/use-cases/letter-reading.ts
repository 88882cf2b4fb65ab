import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint.ts';
import { mailAddress } from '#contract/notice-channel.ts';
import { letterBody, letterDay } from '#domain/complaint/letter.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { readMail } from '#platform/mail/read-mail.ts';
import { Problem } from '#platform/problem.ts';
import { daysTold, knownLetter, sealTicket, sortFiles } from '../letter-mail.ts';
import { officeOf } from '../office.ts';
import { visibleComplaints } from '../store.ts';

type Read = Output<typeof route.postComplaintLetterReading>;

/** 读取来信: what the form begins with. Nothing is written; a letter that nobody registers is swept away with other uploads that belong to nothing. */
export async function readLetter(ctx: Ctx, _given: Input<typeof route.postComplaintLetterReading>): Promise<Read> {
  const [upload, more] = ctx.uploads;
  if (upload === undefined || more !== undefined) throw new Problem('input.invalid', '请选择一封来信（.eml 文件），一次一封', { errors: [{ pointer: '/files', message: '请选择一个文件' }] });
  return readHeld(ctx, upload);
}

/** 读出来登记: what the form begins with, of a letter whose content is in the store. */
export async function readHeld(ctx: Ctx, held: Pick<Upload, 'hash' | 'path' | 'name' | 'sizeBytes'>): Promise<Read> {
  if (ctx.actor.userId === null || ctx.scope.countyId === null) throw new Problem('access.denied', '请用有所在单位的岗位登录后再登记来信');
  const countyId = makeId<'OrgUnit'>(ctx.scope.countyId);
  const mail = await readMail(held);
  const { taken, left } = sortFiles(mail.files);
  const known = await ctx.read(async (db) => {
    const found = await knownLetter(db, countyId, mail);
    if (found === null) return null;
    const seen = await visibleComplaints(db, ctx, await officeOf(db, ctx)).select('c.id').where('c.id', '=', found.id).executeTakeFirst();
    return { no: found.no, id: seen?.id ?? null };
  });
  const body = letterBody(mail);
  return {
    ticket: sealTicket(ctx, held), name: mail.name.slice(0, 50), mail: mailAddress.safeParse(mail.address).success ? mail.address : '', body: body.text, isCut: body.isCut, ...letterDay(daysTold(mail), ctx.today),
    files: taken.map(({ name, sizeBytes }) => ({ name, sizeBytes })), left: [...left], known,
  };
}
