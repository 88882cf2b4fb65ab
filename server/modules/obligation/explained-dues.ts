import type { LocalDate } from '#domain/kernel/brand.ts';
import type { DutyState } from '#domain/obligation/log.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { explainRow } from './explain-row.ts';
import { visibleObligations } from './store.ts';

/** 一件的一个时限 with its reasons, for a case file. */
export interface ExplainedDue { readonly title: string; readonly holderName: string; readonly state: DutyState; readonly openedOn: LocalDate; readonly dueOn: LocalDate | null; readonly endedOn: LocalDate | null; readonly isLate: boolean; readonly lines: readonly string[] }

/** 一件的全部时限和计算说明, in the order in which they opened. */
export async function explainedDues(tx: Pick<Tx, 'db' | 'now'>, { kit, scope }: Pick<Ctx, 'kit' | 'scope'>, [kind, id]: readonly [kind: string, id: string]): Promise<ExplainedDue[]> {
  const rows = await visibleObligations(tx.db, scope).selectAll('o').where('o.subjectKind', '=', kind).where('o.subjectId', '=', id).orderBy('o.openedOn').orderBy('o.id').limit(100).execute();
  const duties = kit.modules.flatMap((module) => module.duties);
  const found: ExplainedDue[] = [];
  for (const row of rows) {
    const duty = duties.find(({ id: dutyId }) => dutyId === row.dutyId);
    const lines = await explainRow(tx, row, duty);
    found.push({ title: duty?.title ?? row.dutyId, holderName: row.holderName ?? '', state: row.state, openedOn: row.openedOn, dueOn: row.dueOn, endedOn: row.endedOn, isLate: row.isLate, lines: lines.map(({ text, basis }) => (basis === null ? text : `${text}（${basis}）`)) });
  }
  return found;
}
