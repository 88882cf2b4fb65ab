import type { CadenceFacts } from '#domain/report/obligations.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { recordFact } from '#modules/obligation/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { FormRecord } from './store/forms.ts';

type Cadenced = Pick<FormRecord, 'id' | 'countyId' | 'townshipId' | 'title' | 'every' | 'daysAfter'>;

/** 记入报送的时限: a form that is sent each period was given its cadence, lost it, or was sent. One without a cadence has no time limit, and nothing is told. */
export async function tellForm(tx: Tx, ctx: Pick<Ctx, 'actor'>, { every, daysAfter, ...form }: Cadenced, event: 'report.cadence-set' | 'report.cadence-ended' | 'report.form-sent', mark: string): Promise<void> {
  if (every === null || daysAfter === null) return;
  const facts: CadenceFacts = { holder: form.townshipId === null ? 'county-bureau' : 'township', every, daysAfter };
  await recordFact(tx, {
    event, key: `${form.id}:${mark}`, subject: ['Form', form.id], at: tx.now, on: todayIn(tx.now), facts, title: form.title, path: `/reports/${form.id}/filling`, holders: {},
    place: { countyId: form.countyId, townshipId: form.townshipId, neighbourhoodId: null, estateId: null, companyId: null }, by: { userId: ctx.actor.userId, name: ctx.actor.name },
  });
}
