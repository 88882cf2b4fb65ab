import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { headsOf } from '#modules/registry/index.ts';
import type { Ctx } from '#platform/context.ts';
import { computeFormation } from './formation.ts';

/** What `registry stats --json` prints. */
export interface Stats {
  readonly on: LocalDate; readonly estates: number; readonly occupied: number; readonly withCommittee: number; readonly formationRate: number | null; readonly expired: number;
  readonly companies: number; readonly practitioners: number;
  /** 总户数 told by the estates' ledger. */
  readonly units: number;
  /** Units on record one by one, their heads and area, and the same per estate, keyed 乡镇/小区. */
  readonly unitsRecorded: number; readonly heads: number; readonly areaCm2: number;
  readonly per: Readonly<Record<string, { readonly unitsValid: number; readonly areaCm2: number; readonly heads: number }>>;
}

/** 汇总数 of the context's scope on a day. `formationRate` is a plain quotient for machines; pages show the exact pair. */
export function stats(ctx: Ctx, { on = ctx.today }: { on?: LocalDate } = {}): Promise<Stats> {
  return ctx.read(async (db) => {
    const at = { on, knownOn: null };
    const { rate, estates } = await computeFormation(db, ctx, at);
    const ids = estates.map((row) => row.id);
    const withUnits = (await sql<{ id: (typeof ids)[number] }>`select distinct estate_id as id from registry.unit where estate_id = any(${ids}::uuid[]) and archived_at is null`.execute(db)).rows.map((row) => row.id);
    const heads = await headsOf(db, withUnits, at);
    const counts = await db.selectNoFrom((eb) => [
      eb.selectFrom('registry.company').select((inner) => inner.fn.countAll<number>().as('n')).where('archivedAt', 'is', null).as('companies'),
      eb.selectFrom('registry.practitioner').select((inner) => inner.fn.countAll<number>().as('n')).where('archivedAt', 'is', null).as('practitioners'),
    ]).executeTakeFirstOrThrow();
    const per = Object.fromEntries(estates.flatMap((row) => {
      const found = heads.get(row.id);
      return found ? [[`${row.township}/${row.name}`, { unitsValid: found.unitCount, areaCm2: found.count.area, heads: found.count.count }]] : [];
    }));
    const sum = (pick: (each: { unitsValid: number; areaCm2: number; heads: number }) => number) => Object.values(per).reduce((total, each) => total + pick(each), 0);
    return {
      on, estates: estates.length, occupied: rate.occupied, withCommittee: rate.withCommittee, formationRate: rate.occupied === 0 ? null : rate.withCommittee / rate.occupied, expired: rate.expired,
      companies: counts.companies ?? 0, practitioners: counts.practitioners ?? 0, units: estates.reduce((total, row) => total + (row.totalUnits ?? 0), 0),
      unitsRecorded: sum((each) => each.unitsValid), heads: sum((each) => each.heads), areaCm2: sum((each) => each.areaCm2), per,
    };
  });
}
