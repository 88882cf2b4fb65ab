import type { CompiledQuery } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { Id } from '#domain/kernel/brand.ts';
import { buildingKey, entranceKey, roomKey, type UnitNumber } from '#domain/kernel/unit-number.ts';
import type { Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { REPLACE, unitEntries } from '../search-entries.ts';
import { insertsOf, learnColumns, type ColumnTypes } from '../store/bulk-sql.ts';
import type { BuildingRecord, UnitRecord } from '../store/records.ts';
import { supersede } from '../store/supersede.ts';
import { decideAreas, type Lines, type Wanted } from './areas.ts';
import { loadEstateUnits, type EstateUnits } from './estate-units.ts';
import { mapGivingWay } from './give-way.ts';
import { decideHolders, decideOwnership, keepOwners, type OwnerDraft } from './holders.ts';
import { mergeHeads, type Draft, type Merged } from './merge.ts';
import { byId } from './old.ts';
import { scopeOf } from './place.ts';
import { recountEach } from './recount-each.ts';
import type { BulkOptions, Change, UnitWrite, Written } from './types.ts';

const TABLES = ['registry.building', 'registry.unit', 'registry.unitArea', 'registry.owner', 'registry.ownership', 'registry.ownerPurpose', 'registry.searchEntry'];

/** Rows whose estates and units are read: ready to be written. */
export interface OpenRows { readonly rows: readonly UnitWrite[]; readonly old: ReadonlyMap<string, UnitRecord>; readonly learnt: ColumnTypes }

/** What was decided; `stored` settles when PostgreSQL has taken all of it. */
export interface Sent extends Written<'Unit'> { readonly stored: Promise<void> }

interface UnitDraft extends Draft<UnitRecord> { readonly row: UnitWrite; readonly estate: EstateUnits; readonly number: ReturnType<typeof keysOf> | null; readonly building: string; readonly matchKey: string }

/**
 * 房屋写手: writes many units part by part in one transaction. It remembers the estates it has open as they will stand, so that the next part
 * is read and decided while PostgreSQL still takes the one before: `open` the next rows, `write` these, and wait for `stored` some parts later.
 */
export class UnitWriter {
  private readonly db: Tx['db'];
  private readonly options: BulkOptions;
  private readonly estates = new Map<Id<'Estate'>, EstateUnits>();
  private readonly purposes = new Map<Id<'Estate'>, Id<'OwnerPurpose'>>();
  private readonly touched = new Set<Id<'Estate'>>();
  /** Read, not yet written. */
  private readonly opened = new Set<OpenRows>();
  /** Statements go one after another; after a failure none follows. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor({ db }: Pick<Tx, 'db'>, options: BulkOptions) {
    this.db = db;
    this.options = options;
  }

  /** Reads what writing these rows will look at, while earlier ones are still being written. Estates that no opened rows are about are let go. */
  async open(rows: readonly UnitWrite[]): Promise<OpenRows> {
    const wanted = new Set(rows.map((row) => row.estateId));
    const kept = new Set([...wanted, ...[...this.opened].flatMap((opened) => opened.rows.map((row) => row.estateId))]);
    for (const id of this.estates.keys()) if (!kept.has(id)) this.estates.delete(id);
    const unread = [...wanted].filter((id) => !this.estates.has(id)).toSorted();
    // An estate let go and met again is read as it was left.
    if (unread.some((id) => this.touched.has(id))) await this.tail;
    const [learnt, found, old] = await Promise.all([learnColumns(this.db, TABLES), loadEstateUnits(this.db, unread), byId(this.db, 'registry.unit', rows.map((row) => row.id))]);
    for (const [id, estate] of found) this.estates.set(id, estate);
    const opened: OpenRows = { rows, old, learnt };
    this.opened.add(opened);
    return opened;
  }

  /** Decides and sends. @throws Error when an estate is not there or out of scope */
  async write(opened: OpenRows): Promise<Sent> {
    try {
      const sent = await this.decide(opened);
      this.opened.delete(opened);
      return sent;
    } catch (error) {
      // Nothing may reach for this connection once the transaction is over.
      await this.tail.catch(() => undefined);
      throw error;
    }
  }

  private async decide({ rows, old, learnt }: OpenRows): Promise<Sent> {
    for (const { estateId } of rows) this.touched.add(estateId);
    const buildings = this.sendBuildings(rows, learnt);
    const drafts = await mapGivingWay(rows, (row) => this.draftOf(row, old));
    const units = mergeHeads(learnt, 'registry.unit', drafts, this.options);
    this.send(units.statements);
    const wanted = drafts.map(({ row, estate, matchKey }, at): Wanted => ({ unitId: units.ids[at] as Id<'Unit'>, estate, set: row.set, matchKey }));
    this.sendLines('registry.unit_area', decideAreas(wanted, this.options), learnt);
    await setImmediate();
    this.sendEntries(drafts, units, learnt);
    const owners = await this.sendHolders(wanted, learnt);
    return { ids: units.ids as Id<'Unit'>[], changes: [...buildings, ...units.changes, ...owners], stored: this.tail.then(() => undefined) };
  }

  /** When all is sent: counts every estate that was written to, once. */
  async recount(): Promise<void> {
    await this.tail;
    await recountEach(this.db, [...this.touched], { on: this.options.on, now: this.options.at });
  }

  private send(statements: readonly CompiledQuery[]): void {
    for (const statement of statements) this.tail = this.tail.then(() => this.db.executeQuery(statement));
    // Whoever waits for `stored` hears of a failure; until then nobody need.
    this.tail.catch(() => undefined);
  }

  private sendLines(table: 'registry.unit_area' | 'registry.ownership', { gone, fresh }: Lines, learnt: ColumnTypes): void {
    if (gone.length > 0) this.tail = this.tail.then(() => supersede(this.db, table, gone, this.options.at));
    this.send(insertsOf(learnt, table === 'registry.ownership' ? 'registry.ownership' : 'registry.unitArea', fresh));
  }

  private estateOf(id: Id<'Estate'>): EstateUnits {
    const estate = this.estates.get(id);
    if (estate === undefined) throw new Error(`estate ${id} is not there or out of scope`);
    return estate;
  }

  private sendBuildings(rows: readonly UnitWrite[], learnt: ColumnTypes): Change[] {
    const missing = new Map<string, { estate: EstateUnits; name: string; matchKey: string }>();
    for (const { estateId, set } of rows) {
      if (set.building === undefined) continue;
      const [estate, matchKey] = [this.estateOf(estateId), buildingKey(set.building)];
      if (!estate.buildings.has(matchKey) && !missing.has(`${estateId}/${matchKey}`)) missing.set(`${estateId}/${matchKey}`, { estate, name: set.building, matchKey });
    }
    const fresh = [...missing.values()];
    const { ids, changes, statements } = mergeHeads<BuildingRecord>(learnt, 'registry.building', fresh.map(({ estate, name, matchKey }) => ({ old: null, set: {}, fresh: { estateId: estate.place.id, name, matchKey, ...scopeOf(estate.place) } })), this.options);
    for (const [at, { estate, name, matchKey }] of fresh.entries()) estate.buildings.set(matchKey, { id: ids[at] ?? '', name });
    this.send(statements);
    return changes;
  }

  private draftOf(row: UnitWrite, olds: ReadonlyMap<string, UnitRecord>): UnitDraft {
    const estate = this.estateOf(row.estateId);
    const old = row.id ? olds.get(row.id) ?? null : null;
    const { building, entrance, room, usage, deliveredOn, note } = row.set;
    const number = building !== undefined && room !== undefined ? keysOf({ building, entrance: entrance ?? '', room }) : null;
    const matchKey = number?.matchKey ?? old?.matchKey ?? '';
    return {
      row, estate, old, number, building: number?.building ?? '', matchKey,
      set: {
        ...(number === null ? {} : {
          buildingId: estate.buildings.get(number.building)?.id, matchKey,
          // A number written otherwise is the same number: what stands stays.
          ...(old !== null && old.matchKey === matchKey ? {} : { entrance: number.entrance, room: number.room }),
        }),
        ...given({ usage, deliveredOn, note }),
      },
      fresh: { ...scopeOf(estate.place), estateId: row.estateId, entrance: '', usage: 'residential' },
    };
  }

  private async sendHolders(wanted: readonly Wanted[], learnt: ColumnTypes): Promise<Change[]> {
    const { drafts, holdings } = await decideHolders(wanted, this.options);
    const all = [...drafts.values()];
    const { ids, changes, statements } = mergeHeads(learnt, 'registry.owner', this.withPurposes(all, learnt), this.options);
    this.send(statements);
    keepOwners(all, ids, new Set(changes.map(({ id }) => id)));
    await setImmediate();
    this.sendLines('registry.ownership', decideOwnership(holdings, new Map([...drafts.keys()].map((key, at) => [key, ids[at] ?? ''])), this.options), learnt);
    return changes;
  }

  /** New owners name the purpose they are kept for from the start: to name it afterwards would write each of them and his indexes a second time. */
  private withPurposes(drafts: readonly OwnerDraft[], learnt: ColumnTypes): readonly Draft<NonNullable<OwnerDraft['old']>>[] {
    const { ownerPurpose, at } = this.options;
    if (ownerPurpose === undefined) return drafts;
    const rows = [...new Set(drafts.filter(({ old }) => old === null).map(({ estate }) => estate.place))].filter(({ id }) => !this.purposes.has(id)).map((place) => {
      const { companyId: _company, ...scope } = scopeOf(place);
      return { id: newId<'OwnerPurpose'>(), ...scope, estateId: place.id, ...ownerPurpose, recordedAt: at };
    });
    this.send(insertsOf(learnt, 'registry.ownerPurpose', rows));
    for (const { id, estateId } of rows) this.purposes.set(estateId, id);
    return drafts.map((draft) => (draft.old === null ? { ...draft, fresh: { ...draft.fresh, purposeId: this.purposes.get(draft.estate.place.id) ?? null } } : draft));
  }

  /** Search entries of units that are new or got another number. */
  private sendEntries(drafts: readonly UnitDraft[], { ids, changes }: Merged, learnt: ColumnTypes): void {
    const renumbered = new Set(changes.filter(({ before }) => before !== null && ('room' in before || 'buildingId' in before)).map(({ id }) => id));
    const entryOf = ({ old, estate, building, number }: UnitDraft, id: string) => ({
      ...scopeOf(estate.place), id, estateId: estate.place.id, estate: estate.place.name, building: estate.buildings.get(building)?.name ?? '',
      matchKey: number?.matchKey ?? '', entrance: old?.matchKey === number?.matchKey ? old?.entrance ?? '' : number?.entrance ?? '', room: old?.matchKey === number?.matchKey ? old?.room ?? '' : number?.room ?? '',
    });
    const told = drafts.flatMap((draft, at) => { const id = ids[at]; return id !== undefined && draft.number !== null && (draft.old === null || renumbered.has(id)) ? [{ draft, id }] : []; });
    for (const [key, of] of Map.groupBy(told, ({ draft }) => `${draft.old === null ? 'new' : 'known'}/${draft.estate.place.isDemo ? 'demo' : ''}`)) {
      // A new unit has no entry yet: nothing to look for.
      this.send(insertsOf(learnt, 'registry.searchEntry', unitEntries(of.map(({ draft, id }) => entryOf(draft, id)), key.endsWith('demo')), key.startsWith('new') ? '' : REPLACE));
    }
  }
}

/** The keys of a number's parts, made once per row; together they are `unitMatchKey`. */
function keysOf(number: UnitNumber): UnitNumber & { readonly matchKey: string } {
  const [building, entrance, room] = [buildingKey(number.building), entranceKey(number.entrance), roomKey(number.room)];
  return { building, entrance, room, matchKey: [building, entrance, room].join('-') };
}

const given = (fields: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
