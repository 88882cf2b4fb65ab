import type { Id } from '#domain/kernel/brand.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { Problem } from '#platform/problem.ts';
import { faultOfDivisions } from './check-divisions.ts';
import type { Division } from './read-divisions.ts';

type UnitId = Id<'OrgUnit'>;
/** What was added; running it again adds only what is new. */
export interface CountyAdded { readonly id: UnitId; readonly code: string; readonly name: string; readonly isNew: boolean; readonly townships: number; readonly neighbourhoods: number; readonly bodies: number }

/** 县直单位 that take part in property supervision everywhere. */
const BODIES: readonly { kind: 'bureau' | 'department' | 'party'; subkind: string; suffix: string }[] = [
  { kind: 'bureau', subkind: '住建局', suffix: '住房和城乡建设局' },
  { kind: 'department', subkind: '城管', suffix: '城市管理局' },
  { kind: 'department', subkind: '公安', suffix: '公安局' },
  { kind: 'department', subkind: '市场监管', suffix: '市场监督管理局' },
  { kind: 'department', subkind: '消防救援', suffix: '消防救援大队' },
  { kind: 'department', subkind: '自然资源', suffix: '自然资源局' },
  { kind: 'department', subkind: '信访', suffix: '信访局' },
  { kind: 'department', subkind: '司法所', suffix: '司法局' },
  { kind: 'party', subkind: '社会工作部', suffix: '委社会工作部' },
  { kind: 'department', subkind: '数据局', suffix: '数据局' },
];

/** 建立一个县: its townships, neighbourhoods and the usual bodies. @throws Problem input.invalid with one sentence */
export async function addCounty(kit: Kit, { code, divisions, isDemo = false }: { readonly code: string; readonly divisions: readonly Division[]; readonly isDemo?: boolean }): Promise<CountyAdded> {
  const fault = faultOfDivisions(code, divisions);
  if (fault !== null) throw new Problem('input.invalid', fault);
  const ctx = systemContext(kit);
  return ctx.transact(async (tx) => {
    const known = new Map((await tx.db.selectFrom('platform.orgUnit').select(['code', 'id']).where('code', 'in', codesUnder(divisions)).execute()).map((row) => [row.code ?? '', row.id]));
    const isNew = !known.has(code);
    if (isNew) await settleUnnamed(tx, { code, name: divisions.find(({ kind }) => kind === 'county')?.name ?? '' }, known);
    const fresh = divisions.filter((division) => !known.has(division.code));
    const ids = new Map(known);
    for (const division of fresh) ids.set(division.code, newId<'OrgUnit'>());
    const county = { id: idOf(ids, code), code, name: divisions.find(({ kind }) => kind === 'county')?.name ?? '' };

    await insertUnits(ctx, tx, fresh.map((division, at) => unitOf(division, { ids, countyId: county.id, isDemo, sortNo: at })));
    const bodies = await addBodies(ctx, tx, county, isDemo);
    const count = (kind: Division['kind']) => fresh.filter((division) => division.kind === kind).length;
    const added: CountyAdded = { ...county, isNew, townships: count('township'), neighbourhoods: count('neighbourhood'), bodies };
    if (fresh.length + bodies === 0) tx.auditNothing('the county is there already, nothing was new');
    else tx.audit({ action: 'county.add', subject: ['OrgUnit', county.id], before: null, after: { ...added }, countyId: county.id });
    return added;
  });
}

/**
 * 待设置的县: a production server that starts on an empty database makes its first administrator before anybody has said which
 * county it serves. The first county added takes that place, and the administrator with it.
 */
export async function unnamedCounty(ctx: Ctx, tx: Tx): Promise<UnitId> {
  const there = await tx.db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').limit(1).executeTakeFirst();
  if (there) return there.id;
  const id = newId<'OrgUnit'>();
  await tx.db.insertInto('platform.orgUnit').values({ id, countyId: id, kind: 'county', code: null, name: '（尚未设置县）', matchKey: '', createdAt: ctx.now, updatedAt: ctx.now }).execute();
  return id;
}

async function settleUnnamed(tx: Tx, county: { readonly code: string; readonly name: string }, known: Map<string, UnitId>): Promise<void> {
  const row = await tx.db.updateTable('platform.orgUnit').set({ ...county, matchKey: normaliseName(county.name) }).where('kind', '=', 'county').where('code', 'is', null).returning('id').executeTakeFirst();
  if (row) known.set(county.code, row.id);
}

const codesUnder = (divisions: readonly Division[]) => divisions.map(({ code }) => code);

function idOf(ids: ReadonlyMap<string, UnitId>, code: string): UnitId {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`no id for division ${code}`);
  return id;
}

interface Place { readonly ids: ReadonlyMap<string, UnitId>; readonly countyId: UnitId; readonly isDemo: boolean; readonly sortNo: number }

function unitOf({ code, name, kind, parentCode }: Division, { ids, countyId, isDemo, sortNo }: Place) {
  const id = idOf(ids, code);
  const parentId = kind === 'county' || parentCode === null ? null : idOf(ids, parentCode);
  return {
    id, countyId, parentId, kind, code, name, matchKey: normaliseName(name), subkind: subkindOf(kind, name), isDemo, sortNo,
    townshipId: kind === 'township' ? id : kind === 'neighbourhood' ? parentId : null,
    neighbourhoodId: kind === 'neighbourhood' ? id : null,
  };
}

/** By the last word of a township's name; the 43,000 of the national list are of these kinds but for a few hundred, which get none. */
const TOWNSHIP_KINDS: readonly (readonly [RegExp, string])[] = [
  [/街道(办事处)?$|办事处$/, '街道'],
  [/(管委会|管理委员会|管理[区处局]|开发区|示范区|保税区|经济区|度假区|旅游区|风景区|保护区|工业区|新区|园区?|基地|服务中心)$/, '开发区'],
  [/镇$/, '镇'], [/乡$/, '乡'], [/苏木$/, '苏木'], [/场$/, '农林场'],
];

/** 街道、镇、乡、开发区; 社区、村: by the last word of the name. */
function subkindOf(kind: Division['kind'], name: string): string | null {
  if (kind === 'county') return null;
  if (kind === 'neighbourhood') return /村$|村(民)?委会$|村民委员会$/.test(name) ? '村' : '社区';
  return TOWNSHIP_KINDS.find(([last]) => last.test(name))?.[1] ?? null;
}

async function insertUnits(ctx: Ctx, tx: Tx, units: readonly ReturnType<typeof unitOf>[]): Promise<void> {
  const stamp = { createdAt: ctx.now, updatedAt: ctx.now };
  // Parents before children: the foreign key is checked row by row within a statement's end, but not across statements.
  const ordered = units.toSorted((a, b) => (a.code.length - b.code.length) || a.sortNo - b.sortNo);
  for (let at = 0; at < ordered.length; at += 500) {
    await tx.db.insertInto('platform.orgUnit').values(ordered.slice(at, at + 500).map((unit) => ({ ...unit, ...stamp }))).execute();
  }
}

async function addBodies(ctx: Ctx, tx: Tx, county: { readonly id: UnitId; readonly name: string }, isDemo: boolean): Promise<number> {
  const there = new Set((await tx.db.selectFrom('platform.orgUnit').select('subkind').where('parentId', '=', county.id).where('kind', 'in', ['bureau', 'department', 'party']).execute()).map(({ subkind }) => subkind));
  const missing = BODIES.filter(({ subkind }) => !there.has(subkind));
  if (missing.length === 0) return 0;
  await tx.db.insertInto('platform.orgUnit').values(missing.map(({ kind, subkind, suffix }) => ({
    id: newId<'OrgUnit'>(), countyId: county.id, parentId: county.id, kind, subkind, name: `${county.name}${suffix}`, matchKey: normaliseName(`${county.name}${suffix}`),
    isDemo, sortNo: BODIES.findIndex((body) => body.subkind === subkind), createdAt: ctx.now, updatedAt: ctx.now,
  }))).execute();
  return missing.length;
}
