import { dateText } from '#domain/kernel/local-date.ts';
import type { Amount } from './amount.ts';
import { companySubject, estateSubject, practitionerSubject, type Facts, type Subject } from './facts.ts';
import { amountOf, type Figure, type Reading } from './figures.ts';
import { filterText, isByPlace, isFiltered, passes, type ReportFilter } from './filter.ts';

/** 读数: an amount with the records behind it; null with its reason where nothing is held, which is never 0. */
export interface FigureReading {
  readonly amount: Amount | null;
  readonly reason: string | null;
  readonly rows: readonly Subject[];
  /** What should be said beside the number, e.g. that some estates lack it. */
  readonly notes: readonly string[];
  readonly definition: string;
}

/** 算指标: the figure of these facts within this filter, with its 口径 in one sentence. */
export function readFigure(figure: Figure, filter: ReportFilter, facts: Facts): FigureReading {
  const within = filterText(filter, facts);
  const formation = figure.id.startsWith('committees.') ? `；组建率口径：${facts.formationText}` : '';
  const definition = `截至${dateText(facts.on)}，${figure.definition}${within === '' ? '' : `；${within}`}${formation}。来源：${figure.source}`;
  const found = measured(figure.reads, filter, facts);
  return { ...found, notes: [...found.notes, ...unsettled(figure, filter, facts), ...asItStands(figure, facts)], definition };
}

/** Contracts, committees and people have their days; the other columns of the estates' ledger are kept as they are now. */
function asItStands({ id, reads }: Figure, { on, readOn }: Facts): string[] {
  const hasNoPast = 'sums' in reads || id === 'estates.self-managed' || id === 'estates.unmanaged' || id === 'estates.occupied';
  return hasNoPast && on < readOn ? [`台账这一栏只有现状，${dateText(on)}的数按${dateText(readOn)}的登记计，报送前请与当时的底表核对`] : [];
}

/** How an estate is kept may not be known: then a count by it is short, and says so. */
function unsettled({ id }: Figure, filter: ReportFilter, { estates }: Facts): string[] {
  if (id !== 'estates.self-managed' && id !== 'estates.unmanaged') return [];
  const unknown = estates.filter((estate) => passes(estate, filter) && estate.company === null && estate.managementKind === 'unknown').length;
  return unknown === 0 ? [] : [`有 ${unknown} 个无物业服务企业的小区管理方式待核实，未计入`];
}

type Measured = Omit<FigureReading, 'definition'>;
const nothing = (reason: string): Measured => ({ amount: null, reason, rows: [], notes: [] });

function measured(reads: Reading, filter: ReportFilter, facts: Facts): Measured {
  if (reads.over === 'practitioner') {
    if (facts.practitioners === null || isFiltered(filter)) return nothing('从业人员按企业登记，不分乡镇和小区，没有这样的数');
    if (facts.practitioners.length === 0) return nothing('从业人员名册还没有登记');
    const rows = facts.practitioners.filter(reads.counts);
    return { amount: amountOf(rows.length, null), reason: null, rows: rows.map(practitionerSubject), notes: [] };
  }
  if (reads.over === 'company') return companies(filter, facts);
  const estates = facts.estates.filter((estate) => passes(estate, filter));
  if (facts.estates.length === 0) return nothing('住宅小区台账还没有登记');
  if ('sums' in reads) return summed(estates, reads);
  const counted = estates.filter((estate) => reads.counts(estate, facts.on));
  const whole = reads.of === undefined ? null : estates.filter(reads.of).length;
  if (whole === 0) return nothing('范围内没有可作分母的小区');
  return { amount: amountOf(counted.length, whole), reason: null, rows: counted.map(estateSubject), notes: [] };
}

function companies(filter: ReportFilter, { companies: all, estates }: Facts): Measured {
  if (all.length === 0) return nothing('物业服务企业台账还没有登记');
  const served = new Set(estates.filter((estate) => passes(estate, filter)).map(({ id }) => id));
  const rows = isFiltered(filter) ? all.filter(({ estateIds }) => estateIds.some((id) => served.has(id))) : all;
  return { amount: amountOf(rows.length, null), reason: null, rows: rows.map(companySubject), notes: isByPlace(filter) ? ['同一企业在多处服务的，各处都计，分项之和可能大于总数'] : [] };
}

function summed(estates: Facts['estates'], { sums, missing }: Extract<Reading, { sums: unknown }>): Measured {
  const known = estates.filter((estate) => sums(estate) !== null);
  if (estates.length > 0 && known.length === 0) return nothing(`范围内 ${estates.length} 个小区都没有登记${missing}`);
  const lacking = estates.length - known.length;
  return { amount: amountOf(known.reduce((sum, estate) => sum + (sums(estate) ?? 0), 0), null), reason: null, rows: known.map(estateSubject), notes: lacking === 0 ? [] : [`有 ${lacking} 个小区没有登记${missing}，未计入`] };
}
