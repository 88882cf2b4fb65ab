import { instant, type Id } from '#domain/kernel/brand.ts';
import { addMonths, dateText, todayIn } from '#domain/kernel/local-date.ts';
import { outcomeLabels } from '#domain/complaint/reply.ts';
import { refusalGrounds } from '#domain/complaint/rules.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { linkIdOf, makeLink } from '#platform/identity/link.ts';
import { mailable, postLetter } from '#platform/notices/letter.ts';
import { noOf } from './present.ts';
import type { ComplaintRecord } from './store.ts';

const LINK_MONTHS = 24;
type Post = Pick<Ctx, 'kit' | 'now'>;

/** 邮箱入库: sealed, with a blind index; null clears. */
export function sealMail(vault: Vault, mail: string | null): { readonly mailCipher: string | null; readonly mailIndex: string | null } {
  const address = mail?.toLowerCase() ?? null;
  return { mailCipher: address === null ? null : vault.seal(address), mailIndex: address === null ? null : vault.index('mail', address) };
}

/** 寄回执 to who left an address, where the county sends mail; else nothing. Deliveries are the county's, so the scope is raised for them. */
export async function mailReceipt(tx: Tx, ctx: Post, row: ComplaintRecord, complainantId: Id<'Complainant'>, token: string): Promise<void> {
  if (token === '') return;
  await beyondScope(tx, async () => {
    const to = await addressOf(tx, ctx, complainantId);
    if (to === null || await mailable(tx.db, row.countyId) !== true) return;
    const lines = [`您反映的情况已经收到，编号：${noOf(row)}，收到日期：${dateText(row.receivedOn)}。`, '打开下面的链接可以看办到哪一步、由谁办、什么时候答复，也可以补充情况。'];
    await postLetter(tx, ctx.kit.vault, { countyId: row.countyId, userId: null, linkId: linkIdOf(token), letter: { to, purpose: 'complaint-receipt', token, title: `${noOf(row)}的回执`, lines } });
  });
}

/** 寄答复 to everyone of the file who left an address, also of files merged into it, each with a link of his own. */
export async function mailAnswer(tx: Tx, ctx: Post, row: ComplaintRecord): Promise<void> {
  const lines = answerOf(row);
  if (lines === null) return;
  await beyondScope(tx, async () => {
    const people = await tx.db.selectFrom('complaint.complainant as x').innerJoin('complaint.complaint as c', 'c.id', 'x.complaintId').select(['x.id', 'x.mailCipher']).where('x.mailCipher', 'is not', null).where((eb) => eb.or([eb('c.id', '=', row.id), eb('c.mergedIntoId', '=', row.id)])).orderBy('x.id').limit(500).execute();
    if (people.length === 0 || await mailable(tx.db, row.countyId) !== true) return;
    for (const { id, mailCipher } of people) {
      if (mailCipher === null) continue;
      const { token, linkId } = await makeLink(tx, { purpose: 'complaint-receipt', subject: ['Complainant', id], validUntil: instant(`${addMonths(todayIn(ctx.now), LINK_MONTHS)}T16:00:00.000Z`), uses: 'many', now: ctx.now });
      await postLetter(tx, ctx.kit.vault, { countyId: row.countyId, userId: null, linkId, letter: { to: ctx.kit.vault.open(mailCipher), purpose: 'complaint-receipt', token, title: `${noOf(row)}的答复`, lines } });
    }
  });
}

/** 答复的话: what the receipt's page says too; null while there is no answer. */
function answerOf(row: ComplaintRecord): string[] | null {
  const about = `您反映的情况（${noOf(row)}）`;
  if (row.status === 'refused' && row.refusalGround !== null) return [`${about}不予受理：${refusalGrounds[row.refusalGround].title}。`, `${row.refusalWhere ?? refusalGrounds[row.refusalGround].where}。`];
  if (row.status !== 'replied' || row.reply === null || row.outcome === null) return null;
  return [`${about}已经答复：${outcomeLabels[row.outcome]}。`, row.reply, '对答复有异议、有新的事实的，请打开下面的链接写明。'];
}

async function addressOf(tx: Tx, { kit }: Post, id: Id<'Complainant'>): Promise<string | null> {
  const row = await tx.db.selectFrom('complaint.complainant').select('mailCipher').where('id', '=', id).executeTakeFirst();
  return row?.mailCipher ? kit.vault.open(row.mailCipher) : null;
}
