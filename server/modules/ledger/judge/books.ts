import { companyNameLevels } from '#domain/kernel/company-name.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { estateNameLevels } from '#domain/kernel/estate-name.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { NameIndex } from './name-index.ts';
import type { CompanyState, EstateState, Place, PractitionerState, UnitState } from './states.ts';

/** 在册情况:all that judging asks of the registry, held in memory for one run and read in sets, never row by row. */
export interface Books {
  readonly countyId: string;
  readonly today: LocalDate;
  /** Names of the county and the areas above it, which companies' names leave out. */
  readonly areas: readonly string[];
  /** The township that this import may not leave; null for the county's. */
  readonly boundTo: string | null;
  /** The township meant where nothing in the file names one. */
  readonly ownChoice: string | null;
  /** The township in which all of a file's unmistakable estates lie: decides between estates of one name. Null when there is none. */
  readonly inferred: string | null;
  /** Was it told before, by an import of another file, that this estate's company is unknown? */
  wasTold(township: string, estate: string, company: string): boolean;
  readonly vault: Vault;
  readonly townships: readonly Place[];
  readonly places: ReadonlyMap<string, Place>;
  readonly townshipNames: NameIndex<Place>;
  readonly neighbourhoodNames: NameIndex<Place>;
  readonly companies: ReadonlyMap<string, CompanyState>;
  readonly companyNames: NameIndex<CompanyState>;
  readonly companyCodes: ReadonlyMap<string, CompanyState>;
  readonly estates: ReadonlyMap<string, EstateState>;
  readonly estateNames: NameIndex<EstateState>;
  readonly practitionersById: ReadonlyMap<string, readonly PractitionerState[]>;
  readonly practitionersByKey: ReadonlyMap<string, readonly PractitionerState[]>;
  /** Estates of this company whose ledger names this manager. */
  estatesManagedBy(companyId: string, name: string): readonly EstateState[];
  /** Units of one estate by their match key; the estate must have been asked for by `needUnits`. */
  unitsOf(estateId: string): ReadonlyMap<string, UnitState>;
}

const PLACE_WORD = /(街道办事处|街道办|街办|街道|镇人民政府|镇|乡人民政府|乡|开发区管委会|开发区|管委会|(?<=..)办)$/;
const NEIGHBOURHOOD_WORD = /(社区居民委员会|社区居委会|居民委员会|居委会|社区|村民委员会|村委会|村)$/;

/** 乡镇名称键:the name, then without 街道/镇/乡. */
export function placeKeys(name: string): string[] {
  return shorten(name, PLACE_WORD);
}

/** 社区名称键:the name, then without 社区/居委会/村. */
export function neighbourhoodKeys(name: string): string[] {
  return shorten(name, NEIGHBOURHOOD_WORD);
}

function shorten(name: string, word: RegExp): string[] {
  const exact = normaliseName(name);
  const short = exact.replace(word, '');
  return short.length >= 2 ? [...new Set([exact, short])] : [exact];
}

/** 建名称索引 of companies by all their names. */
export function indexCompanies(companies: Iterable<CompanyState>, areas: readonly string[]): NameIndex<CompanyState> {
  const index = new NameIndex<CompanyState>();
  for (const company of companies) {
    index.add(companyNameLevels(company.name, areas), company);
    for (const other of company.formerNames) index.add(companyNameLevels(other, areas), company);
    if (company.shortName !== null) index.add(companyNameLevels(company.shortName, areas), company);
  }
  return index;
}

/** 建名称索引 of estates by their names, former names and aliases. */
export function indexEstates(estates: Iterable<EstateState>): NameIndex<EstateState> {
  const index = new NameIndex<EstateState>();
  for (const estate of estates) for (const name of [estate.name, ...estate.otherNames]) index.add(estateNameLevels(name), estate);
  return index;
}
