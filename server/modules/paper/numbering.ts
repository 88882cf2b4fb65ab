import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { numberDatedForward, numberYear, type PaperNumber } from '#domain/paper/number.ts';
import type { PaperKind } from '#domain/paper/template.ts';
import type { Db } from '#platform/db/types.ts';
import { orRefuse } from '#platform/problem.ts';
import { refuse } from '#domain/kernel/rule.ts';
import type { Issuer } from './issuer.ts';

/** 现用机关代字: the one begun last by `on`; null where none is set. */
export async function codeInForce(db: Db, issuerId: string, kind: PaperKind, on: LocalDate): Promise<string | null> {
  const row = await db.selectFrom('paper.issuerCode').select('code').where('issuerId', '=', issuerId).where('paperKind', '=', kind).where('effectiveFrom', '<=', on).orderBy('effectiveFrom', 'desc').limit(1).executeTakeFirst();
  return row?.code ?? null;
}

/**
 * 取号: the next number of the code and year, in the transaction that issues the paper. The register's row stays locked until it
 * ends, so that others wait and take the one after; if it fails, the number was never taken.
 */
export async function takeNumber(db: Db, issuer: Issuer, code: string, on: LocalDate): Promise<PaperNumber> {
  const year = numberYear(on);
  const { id: issuerId, countyId, townshipId, neighbourhoodId, estateId, companyId } = issuer;
  const row = await db.insertInto('paper.numberRegister')
    .values({ issuerId, code, year, countyId, townshipId, neighbourhoodId, estateId, companyId, lastSerial: 1, lastOn: on })
    .onConflict((conflict) => conflict.columns(['issuerId', 'code', 'year']).doUpdateSet({ lastSerial: sql`number_register.last_serial + 1`, lastOn: on }).where(sql<boolean>`number_register.last_on <= excluded.last_on`))
    .returning('lastSerial').executeTakeFirst();
  if (row) return { code, year, serial: row.lastSerial };
  const last = await db.selectFrom('paper.numberRegister').select('lastOn').where('issuerId', '=', issuerId).where('code', '=', code).where('year', '=', year).executeTakeFirst();
  return orRefuse(refuse(numberDatedForward.check({ on, lastOn: last?.lastOn ?? null })));
}
