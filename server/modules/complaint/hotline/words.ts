import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import type { OrderRecord } from './order.ts';

type Told = Pick<OrderRecord, 'returnKind' | 'returnedAt' | 'returnedByName' | 'extensionAskedAt' | 'extensionUntilOn' | 'extensionSettled'>;
const waiting = { answer: '答复等待回传', 'send-back': '退单等待回传', extension: '延期申请等待回传' } as const;

/** 回传的说法. */
export const returnWordsOf = ({ returnKind, returnedAt, returnedByName }: Told): string => (returnKind !== null ? waiting[returnKind] : returnedAt === null ? '没有要回传的' : `${dateText(todayIn(returnedAt))}由${returnedByName ?? '系统'}回传`);
/** 延期的说法; null where none was asked for. */
export function extensionWordsOf({ extensionAskedAt, extensionUntilOn, extensionSettled }: Told): string | null {
  if (extensionAskedAt === null || extensionUntilOn === null) return null;
  return `${dateText(todayIn(extensionAskedAt))}申请延到${dateText(extensionUntilOn)}，${extensionSettled === null ? '等热线批复' : extensionSettled === 'granted' ? '热线已同意' : '热线不同意'}`;
}
