import { unreadColumns } from '#domain/ledger/unread-columns.ts';
import type { Batch } from './ImportPage.tsx';

/** 没有读取的工作表和列, with why. */
export function SkippedSheets({ batch }: { batch: Batch }) {
  const skipped = batch.sheets.filter((sheet) => sheet.status === 'skipped');
  const unread = batch.sheets.filter((sheet) => sheet.status === 'table').map((sheet) => ({ sheet, columns: unreadColumns(sheet.columns) })).filter(({ columns }) => columns.length > 0);
  if (skipped.length === 0 && unread.length === 0) return null;
  const sheets = skipped.length === 0 ? [] : [`${skipped.length} 张工作表`];
  const columns = unread.length === 0 ? [] : [`${unread.reduce((sum, one) => sum + one.columns.length, 0)} 列`];
  return (
    <details>
      <summary>有 {[...sheets, ...columns].join('、')}没有读取</summary>
      <ul>
        {skipped.map((sheet) => <li key={`${sheet.fileNo}${sheet.sheet}`}>{sheet.sheet}：{sheet.reason ?? '没有找到台账表格'}</li>)}
        {unread.map(({ sheet, columns: names }) => <li key={`列${sheet.fileNo}${sheet.sheet}`}>{sheet.sheet}的{names.join('、')}：台账里没有对应的项目；需要登记的，请重新指认列</li>)}
      </ul>
    </details>
  );
}
