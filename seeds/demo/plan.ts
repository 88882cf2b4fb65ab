import type { LocalDate } from '#domain/kernel/brand.ts';
import { creditCodes, idMaker, identityNumbers, phoneBook } from './made-up.ts';
import { planCommittees, type Committees } from './plan/committees.ts';
import { planCompanies } from './plan/companies.ts';
import { planContacts } from './plan/contacts.ts';
import { planContracts, planManagers } from './plan/contracts.ts';
import { planEstateNames, planLineage } from './plan/estate-names.ts';
import { planEstates } from './plan/estates.ts';
import { planHoldings, type Holdings } from './plan/owners.ts';
import { demoCounty, planPlaces, type County, type Places } from './plan/places.ts';
import { planPractitioners } from './plan/practitioners.ts';
import type { CompanyRow, ContactRow, ContractRow, EstateNameRow, EstateRow, LineageRow, Making, ManagerRow, PractitionerRow } from './plan/rows.ts';
import { agreeing, estatesWithUnits, planStock, type Stock } from './plan/units.ts';
import { seededRandom } from './random.ts';

/** The seed of the demo county. */
export const DEMO_SEED = '安和县 990100';

/** 演示县的全部内容 before anything is stored: numbers still open, keys of people not yet made. */
export interface DemoPlan extends Committees {
  readonly places: Places;
  readonly companies: readonly CompanyRow[];
  readonly estates: readonly EstateRow[];
  readonly names: readonly EstateNameRow[];
  readonly lineage: readonly LineageRow[];
  readonly practitioners: readonly PractitionerRow[];
  readonly contracts: readonly ContractRow[];
  readonly managers: readonly ManagerRow[];
  readonly contacts: readonly ContactRow[];
  readonly stocks: readonly Stock[];
  readonly holdings: readonly Holdings[];
}

/** 演示县: made up whole from the seed; terms of contracts and committees run around `today`. The same seed and day give the same plan. */
export function planDemo(seed: string, today: LocalDate, county: County = demoCounty): DemoPlan {
  const root = seededRandom(seed);
  const numbers = { newPhone: phoneBook(root.fork('phones')), newIdentity: identityNumbers(root.fork('identities')), newCreditCode: creditCodes(root.fork('codes')), newId: idMaker(root.fork('ids')) };
  const part = (name: string): Making => ({ random: root.fork(name), today, ...numbers });
  const places = planPlaces(part('places'), county);
  const companies = planCompanies(part('companies'), places.countyId);
  const bare = planEstates(part('estates'), places, companies);
  const { contacts, estates: named } = planContacts(part('contacts'), places, bare);
  const chosen = estatesWithUnits(part('chosen'), named);
  const stocks = chosen.map((estate, at) => planStock(part(`units ${at}`), estate, (estate.totalUnits ?? 0) - (at === 2 ? 17 : 0)));
  const estates = agreeing(named, stocks);
  const practitioners = planPractitioners(part('practitioners'), companies, estates);
  return {
    places, estates, practitioners, contacts, stocks,
    companies: companies.map((company) => ({ ...company, claimedEstates: claimed(part(`claim ${company.name}`), estates.filter(({ companyId }) => companyId === company.id).length) })),
    names: planEstateNames(part('names'), estates),
    lineage: planLineage(part('lineage'), estates),
    contracts: planContracts(part('contracts'), estates, companies),
    managers: planManagers(part('managers'), estates, practitioners),
    ...planCommittees(part('committees'), estates),
    holdings: stocks.map((stock, at) => planHoldings(part(`owners ${at}`), stock)),
  };
}

/** What a company says of itself is not always what the contracts say. */
const claimed = ({ random }: Making, served: number): number | null => (random.chance(0.08) ? null : served + (random.chance(0.15) ? random.whole(1, 3) : 0));
