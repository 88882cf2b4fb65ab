import type { Input, Output } from '#contract/define-route.ts';
import type { getQuality as route } from '#contract/registry/sheet.ts';
import { unitQuality } from '#domain/registry/quality/units.ts';
import type { Ctx } from '#platform/context.ts';
import { asOf } from '../../as-of.ts';
import { qualityRules } from '../../quality.ts';
import { findings, isLocal } from './findings.ts';
import type { Placed } from './placed.ts';

type Answer = Output<typeof route>;
const RULES = [...qualityRules, ...unitQuality.map(({ id, title, why, severity }) => ({ rule: id, title, why, severity }))];

/**
 * 数据质量: what is missing, expired or contradictory, each with the record and field to mend. All counts are of the rows found, so a
 * count and its list cannot differ: by rule of everything in the place, by township of the rule chosen. Contradictions first; nobody is ranked.
 */
export function getQuality(ctx: Ctx, { query }: Input<typeof route>): Promise<Answer> {
  const at = asOf({ on: query.on }, ctx.today);
  return ctx.read(async (db) => {
    const { all, estate } = await findings(db, ctx, query, at);
    const shown = (query.rule === undefined ? all : all.filter((finding) => finding.rule === query.rule)).toSorted(inOrder);
    const end = query.after + query.limit;
    return {
      on: at.on, total: shown.length, next: end < shown.length ? end : null, estate: estate && { id: estate.id, name: estate.name },
      byTownship: byTownship(shown), byEstate: isLocal(ctx, query) ? byEstate(shown) : [], byRule: byRule(all),
      findings: shown.slice(query.after, end).map(({ townshipId: _township, estateName: _name, ...finding }) => finding),
    };
  });
}

/** 先后: contradictions first, then by place and name. */
export const inOrder = (a: Placed, b: Placed): number =>
  Number(a.severity === 'warn') - Number(b.severity === 'warn') || (a.township ?? '').localeCompare(b.township ?? '', 'zh-CN') || a.subjectName.localeCompare(b.subjectName, 'zh-CN', { numeric: true }) || a.rule.localeCompare(b.rule) || a.target.id.localeCompare(b.target.id);

function byTownship(shown: readonly Placed[]): Answer['byTownship'] {
  return [...Map.groupBy(shown, (finding) => finding.townshipId)].flatMap(([id, of]) => (id === null ? [] : [{
    township: { id, name: of[0]?.township ?? '' }, ...counts(of), estates: new Set(of.map((finding) => finding.estateId)).size,
  }])).toSorted((a, b) => a.township.name.localeCompare(b.township.name, 'zh-CN'));
}

function byEstate(shown: readonly Placed[]): Answer['byEstate'] {
  return [...Map.groupBy(shown, (finding) => finding.estateId)].flatMap(([id, of]) => (id === null ? [] : [{ estate: { id, name: of[0]?.estateName ?? '' }, ...counts(of) }])).toSorted((a, b) => a.estate.name.localeCompare(b.estate.name, 'zh-CN'));
}

const counts = (of: readonly Placed[]) => ({ errors: of.filter((finding) => finding.severity === 'error').length, warnings: of.filter((finding) => finding.severity === 'warn').length });

function byRule(all: readonly Placed[]): Answer['byRule'] {
  const counts = Map.groupBy(all, (finding) => finding.rule);
  return RULES.flatMap((rule) => { const count = counts.get(rule.rule)?.length ?? 0; return count > 0 ? [{ ...rule, count }] : []; });
}
