import type { Id } from '#domain/kernel/brand.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { moveScope, settleCompany } from '../move-scope.ts';
import { estateKey } from '../names.ts';
import { samePhones } from '#platform/personal/seal-phone.ts';
import { sealPhone } from '../personal.ts';
import { indexEstates } from '../search-entries.ts';
import { insertMany } from '../store/bulk-sql.ts';
import type { EstateRecord } from '../store/records.ts';
import { endContracts, writeContracts } from './contracts.ts';
import { writeHeads } from './merge.ts';
import { byId } from './old.ts';
import type { BulkOptions, EstateFields, Write, Written } from './types.ts';

/** 批量写小区: new, changed or unchanged, with aliases, contracts, what hangs below a moved estate, and search entries. */
export async function bulkWriteEstates(tx: Pick<Tx, 'db'>, rows: readonly Write<'Estate', EstateFields>[], options: BulkOptions): Promise<Written<'Estate'>> {
  const { db } = tx;
  const old = await byId(db, 'registry.estate', rows.map((row) => row.id));
  const drafts = rows.map((row) => draftOf(row, row.id ? old.get(row.id) ?? null : null, options));
  const { ids, changes } = await writeHeads(db, 'registry.estate', drafts, options);
  const estateIds = ids as Id<'Estate'>[];
  const named = await addAliases(db, rows, estateIds, options);
  await writeContracts(db, rows.flatMap(({ set }, at) => {
    const estateId = estateIds[at];
    return set.companyId === undefined || estateId === undefined ? [] : [{ estateId, companyId: set.companyId, startsOn: set.contractFrom, endsOn: set.contractUntil, feeBasis: set.feeBasis, feeFenPerM2Month: set.feeFenPerM2Month }];
  }), options);
  await endContracts(db, rows.flatMap(({ set: { contractEndsOn } }, at) => { const estateId = estateIds[at]; return contractEndsOn === undefined || estateId === undefined ? [] : [{ estateId, endsOn: contractEndsOn }]; }), options);
  const moved = changes.filter(({ before }) => before && ('townshipId' in before || 'neighbourhoodId' in before)).map((change) => change.id as Id<'Estate'>);
  await moveScope(db, moved);
  const settled = await settleCompany(db, estateIds, options.on);
  const touched = [...new Set([...changes.map((change) => change.id as Id<'Estate'>), ...named, ...settled])];
  if (touched.length > 0) await indexEstates(db, await db.selectFrom('registry.estate').selectAll().where('id', 'in', touched).execute());
  return { ids: estateIds, changes: await withVersions(db, changes, settled) };
}

function draftOf(row: Write<'Estate', EstateFields>, old: EstateRecord | null, { countyId, vault, isDemo }: BulkOptions) {
  const { aliases: _aliases, companyId, contractFrom: _from, contractUntil: _until, contractEndsOn: _endsOn, managerPhone, ...plain } = row.set;
  const name = plain.name ?? old?.name;
  const renamed = name === undefined || (plain.name === undefined && plain.phase === undefined) ? {} : { matchKey: estateKey(name, plain.phase ?? old?.phase ?? null) };
  const { phoneCipher, phoneIndex, phoneMoreIndex } = sealPhone(vault, managerPhone ?? null);
  const phone = managerPhone === undefined || (old !== null && samePhones({ phoneIndex, phoneMoreIndex }, { phoneIndex: old.managerPhoneIndex, phoneMoreIndex: old.managerPhoneMoreIndex })) ? {} : { managerPhoneCipher: phoneCipher, managerPhoneIndex: phoneIndex, managerPhoneMoreIndex: phoneMoreIndex };
  return { old, set: { ...plain, ...renamed, ...phone }, fresh: { countyId, managementKind: companyId ? 'company' : 'unknown', isDemo: isDemo ?? false } };
}

/** settleCompany raises the version of the estates it changed; undo must know the last. */
async function withVersions(db: Db, changes: Written<'Estate'>['changes'], settled: readonly Id<'Estate'>[]): Promise<Written<'Estate'>['changes']> {
  if (settled.length === 0) return changes;
  const versions = new Map((await db.selectFrom('registry.estate').select(['id', 'version']).where('id', 'in', settled as Id<'Estate'>[]).execute()).map((row) => [row.id as string, row.version]));
  const known = new Set(changes.map((change) => change.id));
  return [
    ...changes.map((change) => ({ ...change, afterVersion: versions.get(change.id) ?? change.afterVersion })),
    ...settled.filter((id) => !known.has(id)).map((id) => ({ table: 'registry.estate' as const, id, act: 'update' as const, before: {}, afterVersion: versions.get(id) ?? 1 })),
  ];
}

async function addAliases(db: Db, rows: readonly Write<'Estate', EstateFields>[], ids: readonly Id<'Estate'>[], { countyId, at }: BulkOptions): Promise<Id<'Estate'>[]> {
  const wanted = rows.flatMap(({ set }, index) => {
    const estateId = ids[index];
    return estateId === undefined ? [] : (set.aliases ?? []).map((name) => ({ estateId, name, matchKey: estateKey(name) }));
  });
  if (wanted.length === 0) return [];
  const estates = await db.selectFrom('registry.estate').select(['id', 'townshipId', 'neighbourhoodId', 'companyId', 'matchKey']).where('id', 'in', wanted.map((row) => row.estateId)).execute();
  const placeOf = new Map(estates.map((row) => [row.id, row]));
  const known = new Set((await db.selectFrom('registry.estateName').select(['estateId', 'matchKey']).where('estateId', 'in', wanted.map((row) => row.estateId)).execute()).map((row) => `${row.estateId}/${row.matchKey}`));
  const fresh = wanted.filter((row) => !known.has(`${row.estateId}/${row.matchKey}`) && placeOf.get(row.estateId)?.matchKey !== row.matchKey);
  await insertMany(db, 'registry.estateName', fresh.map((row) => {
    const place = placeOf.get(row.estateId);
    return { id: newId(), ...row, countyId, townshipId: place?.townshipId, neighbourhoodId: place?.neighbourhoodId, companyId: place?.companyId, kind: 'alias', createdAt: at };
  }));
  return fresh.map((row) => row.estateId);
}
