import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { companyNameKeys, withoutAreas } from '#domain/kernel/company-name.ts';
import { canonicalEstateName, estateNameKeys } from '#domain/kernel/estate-name.ts';

/** 已登记对象:something the registry holds, with the other names it goes by. */
export interface NamedThing { readonly id: string; readonly name: string; readonly aliases?: readonly string[] }
/** 在某乡镇内的对象 */
export interface PlacedThing extends NamedThing { readonly townshipId: string }

/** 已登记小区 */
export interface KnownEstate extends PlacedThing {
  /** A company's name that an earlier import gave and nobody could find: the same again is no news. */
  readonly unresolvedCompany?: string | null;
}

/** 登记名称:what a county's registry holds, for resolving names. */
export interface RegistryNames {
  /** Names of the county and the areas above it, which are often left out of or put before names. */
  readonly areas: readonly string[];
  readonly townships: readonly NamedThing[];
  readonly neighbourhoods: readonly PlacedThing[];
  readonly companies: readonly (NamedThing & { readonly creditCode: string | null })[];
  readonly estates: readonly KnownEstate[];
}

/** 名称解析结果:one thing, several that the user must choose from, or none (with those that come near). */
export type Resolution<T extends NamedThing = NamedThing> =
  | { readonly is: 'known'; readonly thing: T; readonly how: 'exact' | 'normalised' }
  | { readonly is: 'ambiguous'; readonly candidates: readonly T[] }
  | { readonly is: 'unknown'; readonly candidates: readonly T[] };

type Company = RegistryNames['companies'][number];

const MOST_CANDIDATES = 8;

/** 名称索引:resolves names as offices write them: exact → normalised → asks. Built once for an import. */
export class NameIndex {
  private readonly areas: readonly string[];
  private readonly townshipList: readonly NamedThing[];
  private readonly townshipKeys: Lookup<NamedThing>;
  private readonly neighbourhoodKeys: Lookup<PlacedThing>;
  private readonly companyKeys: Lookup<Company>;
  private readonly companyCores: Lookup<Company>;
  private readonly companyCodes: ReadonlyMap<string, Company>;
  private readonly estateKeys: Lookup<KnownEstate>;
  private readonly estatesById: ReadonlyMap<string, KnownEstate>;
  /** A file names the same few things a hundred thousand times. */
  private readonly townshipAnswers = new Map<string, Resolution>();
  private readonly estateAnswers = new Map<string, Resolution<KnownEstate>>();
  private readonly companyAnswers = new Map<string, Resolution<Company>>();

  constructor(names: RegistryNames) {
    this.areas = names.areas;
    this.townshipList = names.townships;
    this.townshipKeys = lookup(names.townships, (name) => townshipKeysOf(name, names.areas));
    this.neighbourhoodKeys = lookup(names.neighbourhoods, neighbourhoodKeysOf);
    this.companyKeys = lookup(names.companies, (name) => companyKeysOf(name, names.areas));
    this.companyCores = lookup(names.companies, (name) => companyNameKeys(name, names.areas).slice(-1));
    this.companyCodes = new Map(names.companies.flatMap((company) => (company.creditCode === null ? [] : [[company.creditCode, company] as const])));
    this.estateKeys = lookup(names.estates, estateNameKeys);
    this.estatesById = new Map(names.estates.map((estate) => [estate.id, estate]));
  }

  township(text: string): Resolution {
    return once(this.townshipAnswers, text, () => choose(this.townshipKeys, townshipKeysOf(text, this.areas)));
  }

  neighbourhood(text: string, townshipId: string | null): Resolution<PlacedThing> {
    return choose(this.neighbourhoodKeys, neighbourhoodKeysOf(text), inTownship(townshipId));
  }

  /** By code first; a name must agree but for the county's name; one without 有限公司 must fit one company only. */
  company(text: string, creditCode: string | null = null): Resolution<Company> {
    const byCode = creditCode === null ? undefined : this.companyCodes.get(creditCode);
    if (byCode !== undefined) return { is: 'known', thing: byCode, how: 'exact' };
    return once(this.companyAnswers, text, () => this.companyByName(text));
  }

  private companyByName(text: string): Resolution<Company> {
    const byName = choose(this.companyKeys, companyKeysOf(text, this.areas));
    if (byName.is !== 'unknown') return byName;
    const near = choose(this.companyCores, companyNameKeys(text, this.areas).slice(-1));
    if (near.is === 'unknown') return near;
    const isShort = !/公司|集团|中心/.test(normaliseName(text));
    if (isShort) return near.is === 'known' ? { ...near, how: 'normalised' } : near;
    return { is: 'unknown', candidates: near.is === 'known' ? [near.thing] : near.candidates };
  }

  estateById(id: string): KnownEstate | null {
    return this.estatesById.get(id) ?? null;
  }

  /** Within the township when it is known; a township's name in front of the estate's counts as given. */
  estate(text: string, townshipId: string | null): Resolution<KnownEstate> {
    return once(this.estateAnswers, `${townshipId ?? ''}/${text}`, () => this.findEstate(text, townshipId));
  }

  private findEstate(text: string, townshipId: string | null): Resolution<KnownEstate> {
    const found = choose(this.estateKeys, estateNameKeys(text), inTownship(townshipId));
    if (found.is !== 'unknown') return found;
    const prefix = this.townshipList.find(({ name }) => normaliseName(text).startsWith(normaliseName(name)) && normaliseName(text).length > normaliseName(name).length + 1);
    if (prefix !== undefined && (townshipId === null || townshipId === prefix.id)) {
      const rest = choose(this.estateKeys, estateNameKeys(normaliseName(text).slice(normaliseName(prefix.name).length)), inTownship(prefix.id));
      if (rest.is === 'known') return { ...rest, how: 'normalised' };
    }
    return { is: 'unknown', candidates: this.nearEstates(text, townshipId) };
  }

  /** The same name elsewhere, else names that contain or are contained in this one. */
  private nearEstates(text: string, townshipId: string | null): KnownEstate[] {
    const elsewhere = choose(this.estateKeys, estateNameKeys(text));
    if (elsewhere.is === 'known') return [elsewhere.thing];
    if (elsewhere.is === 'ambiguous') return [...elsewhere.candidates];
    const key = canonicalEstateName(text);
    const near: KnownEstate[] = [];
    for (const [other, things] of this.estateKeys) {
      if (key.length < 2 || other.length < 2 || !(other.includes(key) || key.includes(other))) continue;
      near.push(...things.filter(inTownship(townshipId)));
    }
    return [...new Set(near)].slice(0, MOST_CANDIDATES);
  }
}

function once<T>(answers: Map<string, T>, key: string, answer: () => T): T {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const fresh = answer();
  answers.set(key, fresh);
  return fresh;
}

type Lookup<T> = ReadonlyMap<string, readonly T[]>;

function lookup<T extends NamedThing>(things: readonly T[], keysOf: (name: string) => readonly string[]): Lookup<T> {
  const map = new Map<string, T[]>();
  for (const thing of things) {
    for (const key of new Set([thing.name, ...(thing.aliases ?? [])].flatMap(keysOf))) map.set(key, [...(map.get(key) ?? []), thing]);
  }
  return map;
}

/** Goes from the exact key to the looser ones; the first that anything answers to decides. */
function choose<T extends NamedThing>(map: Lookup<T>, keys: readonly string[], fits: (thing: T) => boolean = () => true): Resolution<T> {
  for (const key of keys) {
    const found = (map.get(key) ?? []).filter(fits);
    const exact = found.filter(({ name }) => normaliseName(name) === keys[0]);
    const [only, another] = exact.length > 0 ? exact : found;
    if (only === undefined) continue;
    if (another === undefined) return { is: 'known', thing: only, how: exact.length > 0 ? 'exact' : 'normalised' };
    return { is: 'ambiguous', candidates: (exact.length > 0 ? exact : found).slice(0, MOST_CANDIDATES) };
  }
  return { is: 'unknown', candidates: [] };
}

function inTownship(townshipId: string | null): (thing: PlacedThing) => boolean {
  return (thing) => townshipId === null || thing.townshipId === townshipId;
}

function townshipKeysOf(name: string, areas: readonly string[]): string[] {
  const exact = normaliseName(name);
  const office = exact.replace(/(人民政府|党工委|办事处|办)$/, '');
  const local = withoutAreas(office, areas);
  const short = local.replace(/(街道|镇|乡|经济开发区|开发区管委会|管委会)$/, '');
  return [...new Set([exact, office, local, ...(short.length >= 2 ? [short] : [])])];
}

function neighbourhoodKeysOf(name: string): string[] {
  const exact = normaliseName(name);
  const short = exact.replace(/(社区居委会|社区居民委员会|村村民委员会|居民委员会|村民委员会|居委会|村委会|社区|村)$/, '');
  return short.length >= 2 ? [...new Set([exact, short])] : [exact];
}

function companyKeysOf(name: string, areas: readonly string[]): string[] {
  const exact = normaliseName(name);
  const local = withoutAreas(exact, areas).replace('有限责任公司', '有限公司');
  return [...new Set([exact, local])];
}
