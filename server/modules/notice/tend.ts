import type { Ctx } from '#platform/context.ts';
import { gatherNotices } from '#platform/notices/gather.ts';
import { sendDue } from '#platform/notices/send.ts';

/** 通知值守, every minute and when a test or a repeat is asked for: gathers what may go now, then sends what is due. Where no channel is on, nothing is done. */
export async function tendNotices({ kit }: Ctx): Promise<void> {
  await gatherNotices(kit);
  await sendDue(kit);
}
