import type { Batch } from './ImportPage.tsx';

/** 没有读取的工作表, with why. */
export function SkippedSheets({ batch }: { batch: Batch }) {
  const skipped = batch.sheets.filter((sheet) => sheet.status === 'skipped');
  if (skipped.length === 0) return null;
  return (
    <details>
      <summary>有 {skipped.length} 张工作表没有读取</summary>
      <ul>{skipped.map((sheet) => <li key={`${sheet.fileNo}${sheet.sheet}`}>{sheet.sheet}：{sheet.reason ?? '没有找到台账表格'}</li>)}</ul>
    </details>
  );
}
