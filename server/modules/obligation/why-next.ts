import type { Ctx, Tx } from '#platform/context.ts';
import { explainRow } from './explain-row.ts';
import { visibleObligations } from './store.ts';

/** 最近的期限为什么是这一天, for the person whom a file is about: the next open duty over a subject, line by line, with what each rests on and without any officer's name. Nothing where none is open. */
export async function whyNext({ db, now }: Pick<Tx, 'db' | 'now'>, { kit, scope }: Pick<Ctx, 'kit' | 'scope'>, [kind, id]: readonly [kind: string, id: string]): Promise<string[]> {
  const row = await visibleObligations(db, scope).selectAll('o').where('o.subjectKind', '=', kind).where('o.subjectId', '=', id).where('o.endedOn', 'is', null).where('o.dueOn', 'is not', null).orderBy('o.dueOn').orderBy('o.id').limit(1).executeTakeFirst();
  if (row === undefined) return [];
  const duty = kit.modules.flatMap((module) => module.duties).find(({ id: dutyId }) => dutyId === row.dutyId);
  const lines = await explainRow({ db, now }, row, duty);
  return [...(duty === undefined ? [] : [`这是“${duty.title}”的期限。`]), ...lines.map(({ text, basis }) => (basis === null ? text : `${text}（${basis}）`))];
}
