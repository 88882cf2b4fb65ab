import { localDate } from '#domain/kernel/brand.ts';
import type { ParameterOverride } from '#domain/kernel/parameter.ts';
import type { Db } from '#platform/db/types.ts';

/** 本县的参数设置: in order of their day; withdrawn ones are left out. */
export async function parameterOverrides(db: Db, countyId: string | null): Promise<ParameterOverride[]> {
  if (countyId === null) return [];
  const rows = await db.selectFrom('platform.parameterOverride').selectAll().where('countyId', '=', countyId as never).where('withdrawnAt', 'is', null).orderBy('effectiveFrom').orderBy('id').execute();
  return rows.map((row) => ({ parameterId: row.parameterId, from: localDate(row.effectiveFrom), until: null, value: row.value, basis: row.basis }));
}
