import { DatabaseError } from 'pg';
import { Problem } from '#platform/problem.ts';

/** 这一行的原因: in words for the clerk, where the fault lies with what the row says and would be the same tomorrow; null where it lies elsewhere, as with a connection that broke. */
export function faultOf(error: unknown): string | null {
  if (error instanceof Problem) return `没有导入：${error.message}`;
  // 22: a value that cannot be; 23: a condition of the table; P0: said by the table itself.
  if (error instanceof DatabaseError && /^(22|23|P0)/.test(error.code ?? '')) return `没有导入：这一行的内容存不进去（${error.constraint ?? error.code ?? ''}），请核对各栏后保存这一行，再点“确认导入”；仍不成功请联系系统管理员`;
  if (error instanceof TypeError || error instanceof RangeError) return '没有导入：处理这一行时出错，请核对各栏后保存这一行，再点“确认导入”；仍不成功请联系系统管理员';
  return null;
}
