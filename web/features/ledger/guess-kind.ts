import type { Input } from '#contract/define-route.ts';
import type { postLedgerBatch } from '#contract/ledger.ts';

/** 台账种类. */
export type LedgerKind = Input<typeof postLedgerBatch>['body']['kind'];

/** 猜种类: which ledger is a file, by its name? Undefined when the name does not say. */
export function guessKind(fileName: string): LedgerKind | undefined {
  if (/业主|房屋|住户|户室/.test(fileName)) return 'units';
  if (/从业|人员|员工|项目经理/.test(fileName)) return 'practitioners';
  if (/小区|楼盘|项目/.test(fileName)) return 'estates';
  return /企业|公司/.test(fileName) ? 'companies' : undefined;
}

/** 不能收的文件: why a file cannot be taken, by its name; the server looks inside as well. */
export function refusalOf(fileName: string): string | undefined {
  if (/\.et$/i.test(fileName)) return 'WPS 的 .et 格式读不了，请用 WPS 打开后另存为 xlsx，再上传';
  if (/\.xlsx?$/i.test(fileName)) return undefined;
  if (/\.xlsm$/i.test(fileName)) return '带宏的文件不收，请另存为 xlsx 后再上传';
  return '只收 Excel 工作簿（.xlsx 或 .xls）';
}
