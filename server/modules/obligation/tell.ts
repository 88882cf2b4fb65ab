import { holderKindLabels, type Rung } from '#domain/kernel/duty.ts';
import { dateText, momentText } from '#domain/kernel/local-date.ts';
import type { Tx } from '#platform/context.ts';
import { notifyEach } from '#platform/notices/notify-each.ts';
import { notify } from '#platform/notices/notify.ts';
import { bodyOf } from './holder.ts';
import { holdersOf, type ObligationRecord } from './position.ts';

/** One rung of one duty that is told now. */
export interface Telling { readonly row: ObligationRecord; readonly rung: Rung; readonly title: string }

const kinds = { begins: 'obligation.due', warn: 'obligation.due', overdue: 'obligation.overdue', again: 'obligation.escalated' } as const;

/** 提醒: of each rung its holder hears, and whom the rung names; in a few statements however many there are. */
export async function tellRungs(tx: Tx, tellings: readonly Telling[]): Promise<void> {
  for (const kind of ['begins', 'warn', 'overdue', 'again'] as const) {
    const told = tellings.filter(({ rung }) => rung.kind === kind);
    const bodies = told.flatMap((telling) => bodiesOf(telling).map((orgUnitId) => ({ orgUnitId, isConference: orgUnitId === telling.row.countyId && telling.row.holderKind === 'conference-office', subject: ['Obligation', telling.row.id] as const, text: textOf(telling), path: telling.row.path })));
    // What the conference's office holds reaches its own people, and not everybody who works for the county.
    const own = kind === 'again' ? [] : bodies.filter(({ isConference }) => isConference);
    await notifyEach(tx, { kind: kinds[kind], permission: 'obligation.read', each: bodies.filter((body) => !own.includes(body)) });
    if (kind !== 'again') await notifyEach(tx, { kind: kinds[kind], permission: 'complaint.designate', each: own });
    for (const telling of told) {
      const { id, holderUserId, path } = telling.row;
      if (holderUserId !== null) await notify(tx, { kind: kinds[kind], to: [{ userId: holderUserId }], subject: ['Obligation', id], text: textOf(telling), path });
    }
  }
}

/** Where the thing is in somebody's hands, that person hears of it and not the whole body. */
function bodiesOf({ row, rung }: Telling): string[] {
  const own = row.holderUserId === null ? [row.holderOrgId] : [];
  const above = rung.kind === 'begins' || rung.kind === 'warn' || rung.tell === null ? null : bodyOf(rung.tell, holdersOf(row), row);
  return [...new Set([...own, ...(above === null ? [] : [above.orgUnitId])])];
}

function textOf({ row, rung, title }: Telling): string {
  const until = row.dueAt === null ? row.dueOn === null ? '' : dateText(row.dueOn) : momentText(row.dueAt);
  const who = row.holderName ?? holderKindLabels[row.holderKind];
  switch (rung.kind) {
    case 'begins': return `“${row.title}”的“${title}”现在可以办理了，应由${who}在${until}前完成。`;
    case 'warn': return `“${row.title}”的“${title}”应由${who}在${until}前完成，请及时办理。`;
    case 'overdue': return `“${row.title}”的“${title}”到${until}还没有完成，已经逾期，责任单位：${who}。`;
    case 'again': return `“${row.title}”的“${title}”逾期已满${rung.days}个工作日仍未完成，责任单位：${who}。`;
  }
}
