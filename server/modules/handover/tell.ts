import type { Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify, settle } from '#platform/notices/notify.ts';
import type { HandOverRecord } from './store.ts';

type Who = 'from' | 'to' | 'witness' | 'starter';
const pathOf = ({ id }: HandOverRecord) => `/hand-overs/${id}`;

/** 告诉当事人 what waits for them, or how it ended, in place of what waited before; whoever acts is not told of the own act. */
export async function tell(tx: Tx, { actor }: Pick<Ctx, 'actor'>, row: HandOverRecord, kind: 'handover.waiting' | 'handover.ended', whom: readonly Who[], text: string): Promise<void> {
  const ids: Readonly<Record<Who, Id<'AppUser'> | null>> = { from: row.fromId, to: row.toId, witness: row.witnessId, starter: row.startedBy };
  const to = whom.map((who) => ids[who]).filter((id) => id !== null).filter((id) => id !== actor.userId).map((userId) => ({ userId }));
  await settle(tx, { kind: 'handover.waiting', subject: ['HandOver', row.id] });
  await notify(tx, { kind, to, subject: ['HandOver', row.id], text, path: pathOf(row) });
}

/** 交接的说法, without what the list holds. */
export const called = ({ fromName, toName, plannedOn }: HandOverRecord): string => `${fromName}向${toName}的工作交接（${dateText(plannedOn)}）`;
