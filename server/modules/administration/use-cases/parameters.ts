import type { z } from 'zod';
import type * as route from '#contract/administration/parameter.ts';
import type { ParameterLine, ParameterSpan, ParameterValue, ruleFilters, RuleLine } from '#contract/administration/parameter.ts';
import { About } from '#contract/administration/shared.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { holderKindLabels } from '#domain/kernel/duty.ts';
import { addDays, dateText } from '#domain/kernel/local-date.ts';
import { parameterOn, type InForce, type Parameter } from '#domain/kernel/parameter.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import { setOverride, withdrawOverride } from '#platform/parameters/change.ts';
import { basisText } from '#platform/parameters/legal.ts';
import { inDomainTerms } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { allParameters, allRules, optionsOf } from '../catalogue.ts';
import { dutiesOf, usesOf } from '../parameter-uses.ts';

type Value = z.input<typeof ParameterValue>;
type Span = z.input<typeof ParameterSpan>;
type Shown = z.input<typeof ParameterLine>;
type Line = Omit<Shown, 'can' | 'usedBy'>;
type Kept = Awaited<ReturnType<typeof overridesWithNames>>[number];

/** 参数一览, each with the value in force on the asked day and every version. */
export function listParameters(ctx: Ctx, { query }: Input<typeof route.listParameters>): Promise<Output<typeof route.listParameters>> {
  const on = query.on ?? ctx.today;
  return ctx.read(async (db) => {
    const kept = await overridesWithNames(db, ctx.scope.countyId);
    return { on, rows: linesOn(kept, on, query.about).map((line) => shown(ctx, line)) };
  });
}

/** 参数 of a capability, or all, as on a day. */
export async function readParameters(db: Db, countyId: string | null, on: LocalDate, about: string | undefined): Promise<Line[]> {
  return linesOn(await overridesWithNames(db, countyId), on, about);
}

const linesOn = (kept: readonly Kept[], on: LocalDate, about: string | undefined): Line[] =>
  allParameters.map((parameter) => lineOf(parameter, kept, on)).filter(({ capability }) => about === undefined || capability === about);

/** 谁可以设置: those of accounts and signing in guard whoever could change them, so only the system administrator may; the bureau's own are the bureau's too. */
const settable = ({ actor }: Pick<Ctx, 'actor'>, id: string): true | string =>
  (id.startsWith('administration.') && actor.role !== 'system-administrator' ? '账号、登录和留痕的参数只能由系统管理员设置' : true);

const shown = (ctx: Ctx, line: Line): Shown => ({ ...line, usedBy: [...usesOf(ctx.kit).get(line.id) ?? []], can: { set: settable(ctx, line.id) } });

/** @throws Problem access.denied */
function mustBeSettable(ctx: Ctx, id: string): void {
  const can = settable(ctx, id);
  if (can !== true) throw new Problem('access.denied', can);
}

/** 设置参数; the answer says what it was, from when, and what it is now. */
export function setParameter(ctx: Ctx, { params, body }: Input<typeof route.postParameterOverride>): Promise<Output<typeof route.postParameterOverride>> {
  const definition = parameterOf(params.parameterId);
  mustBeSettable(ctx, definition.id);
  return ctx.transact(async (tx) => {
    const earlier = lineOf(definition, await overridesWithNames(tx.db, ctx.scope.countyId), body.effectiveFrom);
    await setOverride(ctx, tx, definition, body);
    const line = lineOf(definition, await overridesWithNames(tx.db, ctx.scope.countyId), body.effectiveFrom);
    return { parameter: shown(ctx, line), before: earlier.inForce, message: told(definition, earlier.inForce, line.inForce, body.effectiveFrom) };
  });
}

/** 撤回参数设置. */
export function withdrawParameter(ctx: Ctx, { params, body }: Input<typeof route.putParameterOverrideWithdrawal>): Promise<Output<typeof route.putParameterOverrideWithdrawal>> {
  const from = body.from ?? ctx.today;
  return ctx.transact(async (tx) => {
    const kept = await overridesWithNames(tx.db, ctx.scope.countyId);
    const definition = parameterOf(await withdrawOverride(ctx, tx, params.overrideId, { from, reason: body.reason }));
    mustBeSettable(ctx, definition.id);
    const earlier = lineOf(definition, kept, from);
    const line = lineOf(definition, await overridesWithNames(tx.db, ctx.scope.countyId), from);
    return { parameter: shown(ctx, line), before: earlier.inForce, message: told(definition, earlier.inForce, line.inForce, from) };
  });
}

const told = ({ title }: Parameter<unknown>, was: Span, is: Span, on: LocalDate) =>
  `「${title}」原为${was.valueText}（自${dateText(was.from)}起），自${dateText(on)}起为${is.valueText}。此前发生的事项仍按原值。`;

function parameterOf(id: string): Parameter<unknown> {
  const found = allParameters.find((each) => each.id === id);
  if (!found) throw new Problem('not-found', '没有这个参数');
  return found;
}

function overridesWithNames(db: Db, countyId: string | null) {
  return db.selectFrom('platform.parameterOverride as p').innerJoin('platform.orgUnit as c', 'c.id', 'p.countyId').leftJoin('platform.appUser as u', 'u.id', 'p.setBy')
    .select(['p.id', 'p.parameterId', 'p.value', 'p.effectiveFrom', 'p.basis', 'p.withdrawnAt', 'p.withdrawnOn', 'p.withdrawnReason', 'p.createdAt', 'u.name as setBy'])
    .where((eb) => eb('p.countyId', '=', makeId<'OrgUnit'>(countyId ?? '00000000-0000-0000-0000-000000000000')))
    .orderBy('p.effectiveFrom').orderBy('p.id').limit(5000).execute();
}

function lineOf(parameter: Parameter<unknown>, kept: readonly Kept[], on: LocalDate): Line {
  const own = kept.filter(({ parameterId }) => parameterId === parameter.id);
  const spans = [...own.map((row) => countySpan(parameter, row)), ...parameter.versions.map((_, at) => defaultSpan(parameter, at))].toSorted((a, b) => (a.from < b.from ? 1 : -1));
  const { id, title, unit, expected } = parameter;
  const inForce = parameterOn(parameter, inDomainTerms(own), on);
  return { id, capability: About.parse(id.split('.')[0]), title, unit, expected, kind: kindOf(parameter), options: optionsOf(parameter), spans, inForce: matching(parameter, spans, inForce, on) };
}

function matching(parameter: Parameter<unknown>, spans: readonly Span[], { origin, from, value, basis, sureness }: InForce<unknown>, on: LocalDate): Span {
  const same = spans.findLast((span) => span.origin === origin && span.from === from && (span.until === null || on <= span.until) && JSON.stringify(span.value) === JSON.stringify(value));
  return same ?? { overrideId: null, origin, value: wire(value), valueText: textOf(parameter, value), from, until: null, basis: basisText(basis), needsConfirmation: sureness === 'G' || sureness === 'I', setBy: null, setAt: null, withdrawnAt: null, withdrawnReason: null };
}

function countySpan(parameter: Parameter<unknown>, row: Kept): Span {
  return {
    overrideId: row.id, origin: 'county', value: wire(row.value), valueText: textOf(parameter, row.value), from: row.effectiveFrom, until: row.withdrawnOn === null ? null : addDays(row.withdrawnOn, -1),
    basis: basisText(row.basis), needsConfirmation: false, setBy: row.setBy, setAt: row.createdAt, withdrawnAt: row.withdrawnAt, withdrawnReason: row.withdrawnReason,
  };
}

function defaultSpan(parameter: Parameter<unknown>, at: number): Span {
  // Proof: `at` is an index of this very array.
  const { value, from, source, sureness } = parameter.versions[at]!;
  const next = parameter.versions[at + 1];
  return {
    overrideId: null, origin: 'default', value: wire(value), valueText: textOf(parameter, value), from, until: next ? addDays(next.from, -1) : null,
    basis: basisText(source), needsConfirmation: sureness === 'G' || sureness === 'I', setBy: null, setAt: null, withdrawnAt: null, withdrawnReason: null,
  };
}

const isWords = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string');

function wire(value: unknown): Value {
  if (typeof value === 'number' || typeof value === 'boolean' || isWords(value)) return value;
  throw new Error('a parameter holds numbers, yes or no, or words');
}

const kindOf = ({ versions }: Parameter<unknown>): Line['kind'] => {
  const value = versions[0]?.value;
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'yes-no' : 'options';
};

/** 参数值 as read: basis points as per cent, words by their labels. */
function textOf(parameter: Parameter<unknown>, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return parameter.unit.startsWith('基点') ? `${percent(value)}%` : `${value}${parameter.unit}`;
  const labels = new Map(optionsOf(parameter).map(({ value: word, label }) => [word, label]));
  const words = isWords(value) ? value.map((word) => labels.get(word) ?? word) : [];
  return words.join(words.some((word) => word.includes('、')) ? '；' : '、') || '无';
}

/** 4850 → 48.5, on digits. */
const percent = (bp: number) => `${Math.trunc(bp / 100)}.${String(bp % 100).padStart(2, '0')}`.replace(/\.?0+$/, '') || '0';

/** 规则与依据, all on one page. */
export async function listRules(ctx: Ctx, { query }: Input<typeof route.listRules>): Promise<Output<typeof route.listRules>> {
  const rows = filteredRules(ctx.kit, query);
  return { rows, next: null, total: rows.length, totalIsExact: true };
}

/** Rules and duties that fit the conditions: `q` in the title, the explanation or a clause. */
export function filteredRules(kit: Pick<Kit, 'modules'>, { q = '', about }: z.output<typeof ruleFilters>): z.input<typeof RuleLine>[] {
  const duties = dutiesOf(kit).map(({ id, title, holder, source }) => ({ id, kind: 'duty' as const, title, why: `时限义务，${typeof holder === 'function' ? '由谁承担依事项而定' : `由${holderKindLabels[holder]}承担`}`, source }));
  const rows = [...allRules.map((rule) => ({ ...rule, kind: 'rule' as const })), ...duties].map(({ id, kind, title, why, source }) => ({ id, kind, capability: About.parse(id.split('.')[0]), title, why, basis: source.map(basisText) }));
  const words = ({ title, why, basis }: (typeof rows)[number]) => [title, why, ...basis.flatMap((each) => [`${each.title} ${each.clause ?? ''}`, each.summary])].join('\n');
  return rows.filter((row) => (about === undefined || row.capability === about) && words(row).includes(q));
}
