import type { Answer, Input } from '#contract/define-route.ts';
import type { postLedgerBatch, postLedgerLook } from '#contract/ledger.ts';

/** 台账种类. */
export type LedgerKind = Input<typeof postLedgerBatch>['body']['kind'];

/** 看一个文件的结果. */
export type Look = Answer<typeof postLedgerLook>['files'][number];

/** 放进来的文件: what it holds by its columns (`null` while that is looked at), and which of its kinds were imported before. */
export interface Put { readonly file: File; readonly look: Look | null; readonly done: readonly LedgerKind[] }

/** 还要导入的种类 of a file. */
export const kindsLeft = ({ look, done }: Put): readonly LedgerKind[] => (look?.kinds ?? []).filter((kind) => !done.includes(kind));

/** 表头看不出种类: it waits until those that are known are in. */
export const isUnknown = ({ look }: Put): boolean => look?.kinds.length === 0;

/** 不能收的文件: why a file cannot be taken, by its name; the server looks inside as well. */
export function refusalOf(fileName: string): string | undefined {
  if (/\.et$/i.test(fileName)) return 'WPS 的 .et 格式读不了，请用 WPS 打开后另存为 xlsx，再上传';
  if (/\.(xlsx?|csv|html?)$/i.test(fileName)) return undefined;
  if (/\.xlsm$/i.test(fileName)) return '带宏的文件不收，请另存为 xlsx 后再上传';
  return '只收 Excel 工作簿（.xlsx 或 .xls）';
}
