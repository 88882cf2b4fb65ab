import type { Id, Instant } from '#domain/kernel/brand.ts';
import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import type { Outcome } from './channels/adapter.ts';
import { adapters } from './channels/all.ts';
import { channelFailed, channelWorked } from './channel-health.ts';
import { settingOf } from './send.ts';

const switchedOn = (db: Db, countyId: Id<'OrgUnit'>) => db.selectFrom('platform.noticeChannel').selectAll().where('countyId', '=', countyId).where('kind', '=', 'sms').where('isOn', '=', true).executeTakeFirst();

/** 本县能不能发短信. */
export const textable = async (db: Db, countyId: Id<'OrgUnit'>): Promise<boolean> => (await switchedOn(db, countyId)) !== undefined;

/** One short message, said once. `id` is the mark by which the gateway knows a repeat. */
export interface TextMessage { readonly id: string; readonly countyId: Id<'OrgUnit'>; readonly to: string; readonly text: string; readonly now: Instant }

/**
 * 发一条短信 at once, to a number that nobody keeps: somebody waits for it, so it is neither queued nor repeated, and neither number nor text is written anywhere.
 * Outside any transaction, since another server is waited for. Null where the county sends none.
 */
export async function sendText(kit: Kit, { id, countyId, to, text, now }: TextMessage): Promise<Outcome | null> {
  const channel = await kit.database.read(everything, (db) => switchedOn(db, countyId));
  if (channel === undefined) return null;
  const outcome = await adapters.sms.send({ id, now, title: '短信', lines: [], link: kit.origin, sms: text, data: null }, settingOf(kit, channel, now), to, { rules: kit.outgoing, ownOrigin: kit.origin });
  await kit.database.write(everything, async (db) => {
    if (outcome.isSent) await channelWorked(db, channel, now);
    else if (!outcome.isReceivers) await channelFailed(db, channel, { error: outcome.error.slice(0, 300), now, isGone: false });
  });
  return outcome;
}
