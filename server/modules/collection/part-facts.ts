import type { PartFacts } from '#domain/collection/obligations.ts';
import { instant } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { foresee, recordFacts, recordNew, type Fact } from '#modules/obligation/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { CollectionRecord } from './store/collections.ts';
import type { PartRecord } from './store/parts.ts';

type Part = Pick<PartRecord, 'id' | 'countyId' | 'townshipId' | 'neighbourhoodId' | 'companyId' | 'recipientId'>;
type Head = Pick<CollectionRecord, 'id' | 'title' | 'recipientKind' | 'dueOn' | 'issuedAt'>;
/** 一份的事实的名称. */
export type PartEvent = 'collection.part-sent' | 'collection.part-answered' | 'collection.part-opened-again' | 'collection.part-over';

/** 记入各份的时限, all in a few statements: who must hand in what by when. `mark` makes the fact one of its own where the same may happen to a part several times. */
export async function tellParts(tx: Tx, ctx: Pick<Ctx, 'actor' | 'scope'>, { head, parts, event, mark = '', areNew = false }: { readonly head: Head; readonly parts: readonly Part[]; readonly event: PartEvent; readonly mark?: string; readonly areNew?: boolean }): Promise<void> {
  if (parts.length === 0) return;
  const at = event === 'collection.part-sent' ? instant(head.issuedAt ?? tx.now) : tx.now;
  const facts: PartFacts = { recipientKind: head.recipientKind, dueOn: head.dueOn };
  const told = parts.map((part): Fact => ({
    event, key: `${part.id}${mark}`, subject: ['Part', part.id], at, on: todayIn(at), facts, title: `采集任务“${head.title}”`, path: `/collection-parts/${part.id}`,
    place: { countyId: part.countyId, townshipId: part.townshipId, neighbourhoodId: part.neighbourhoodId, estateId: null, companyId: part.companyId }, holders: { [head.recipientKind]: { orgUnitId: part.recipientId } },
    by: { userId: ctx.actor.userId, name: ctx.actor.name },
  }));
  if (!areNew) { await recordFacts(tx, told); return; }
  await foresee(tx, ctx.scope, told);
  await (await recordNew(tx, told)).written;
}
