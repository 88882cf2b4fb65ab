import { z } from 'zod';
import { outcomeLabels } from '#domain/complaint/reply.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { answerFields } from '#domain/ledger/orders/columns.ts';
import type { Instant } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import type { NamedComplaint } from '../store.ts';
import type { OrderRecord, ReturnKind } from './order.ts';
import { answerWording } from './wording.ts';

/** 回传的内容, by the field of the hotline's form that holds it. */
export type ReturnFacts = Readonly<Record<(typeof answerFields)[number], string>>;
const facts = z.object({ outcome: z.string(), answer: z.string(), finishedAt: z.string(), doneBy: z.string(), sentBack: z.string(), askedExtension: z.string() });
/** 读存下的回传内容. */
export const returnFactsOf = (stored: unknown): ReturnFacts => facts.parse(stored);

/** 2026-11-23 09:15 as clocks in China showed it. */
const clockOf = (at: Instant): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** 回传什么 of one order, as it stands now. */
export async function factsToReturn(db: Db, row: NamedComplaint, order: OrderRecord, kind: ReturnKind): Promise<ReturnFacts> {
  const isAnswer = kind === 'answer';
  return {
    outcome: isAnswer && row.outcome !== null ? outcomeLabels[row.outcome] : '', answer: isAnswer ? await answerWording(db, row, order) ?? row.reply ?? '' : '', finishedAt: isAnswer && row.repliedAt !== null ? clockOf(row.repliedAt) : '', doneBy: row.handler,
    sentBack: kind === 'send-back' ? `退单：${order.sendBackWhy ?? ''}` : '否', askedExtension: kind === 'extension' && order.extensionUntilOn !== null ? `申请延期至${dateText(order.extensionUntilOn)}：${order.extensionWhy ?? ''}` : '否',
  };
}
