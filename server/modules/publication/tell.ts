import type { NoticeKind } from '#contract/notice.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import type { ActName } from '#domain/publication/lifecycle.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify, settle, type Recipient } from '#platform/notices/notify.ts';
import { issuersOf, reviewersOf, type Office } from './access.ts';
import type { PublicationRecord } from './store.ts';

/** 通知该办的人: what waited before is settled; the next in turn is told; on a return or a publication the drafter. Nobody hears of what he or she did. */
export async function tellOf(tx: Tx, ctx: Ctx, item: PublicationRecord, { act, office }: { act: ActName; office: Office }): Promise<void> {
  const others = (userIds: readonly string[]): Recipient[] => userIds.filter((userId) => userId !== ctx.actor.userId).map((userId) => ({ userId }));
  // Who has it in hand: after a hand-over the successor, no longer who wrote it.
  const handler = item.holderId ?? item.draftedBy;
  const drafter: Recipient[] = handler === null || handler === ctx.actor.userId ? [] : [{ userId: handler }];
  const tell = (kind: NoticeKind, to: readonly Recipient[], text: string) => notify(tx, { kind, to, subject: ['Publication', item.id], text, path: `/publications/${item.id}` });
  const what = `一件公开事项（${publicationKindLabels[item.kind]}）`;
  await settle(tx, { kind: act === 'submit' || act === 'discard' ? 'publication.returned' : 'publication.waiting', subject: ['Publication', item.id] });
  switch (act) {
    case 'submit': return tell('publication.waiting', others(reviewersOf(office, item.writerIds)), `${what}等待审核`);
    case 'approve': return tell('publication.waiting', others(issuersOf(office, item.writerIds)), `${what}已审核，等待签发`);
    case 'sendBack': case 'refuse': return tell('publication.returned', drafter, `您拟的${what}被退回，请修改后重新送审`);
    case 'issue': return tell('publication.published', drafter, `您拟的${what}已签发，向公众发布`);
    case 'withdraw': return tell('publication.ended', drafter, `您拟的${what}已撤回`);
    case 'expire': return tell('publication.ended', drafter, `您拟的${what}公示期满，已自动撤下`);
    case 'edit': case 'discard': return undefined;
  }
}
