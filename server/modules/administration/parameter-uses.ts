import type { z } from 'zod';
import type { ParameterUse } from '#contract/administration/parameter.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import { parametersOf } from '#domain/kernel/duty-parameters.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Kit } from '#platform/kit.ts';
import { basisText } from '#platform/parameters/legal.ts';
import { allRules } from './catalogue.ts';

type Use = z.input<typeof ParameterUse>;

/** 参数的用处, by parameter: read out of the duties, the rules and the periods of keeping themselves, which hold the parameters as values. */
export function usesOf({ modules }: Pick<Kit, 'modules'>): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const note = (parameters: readonly Parameter<unknown>[], use: Use) => { for (const { id } of parameters) uses.set(id, [...(uses.get(id) ?? []), use]); };
  for (const duty of dutiesOf({ modules })) note(parametersOf(duty), { kind: 'duty', id: duty.id, title: duty.title, basis: duty.source.map(basisText) });
  for (const { id, title, source, uses: parameters } of allRules) note(parameters, { kind: 'rule', id, title, basis: source.map(basisText) });
  for (const { kind, title, periods } of modules.flatMap((module) => module.retentions)) note(periods, { kind: 'retention', id: kind, title, basis: [] });
  return uses;
}

/** 全部时限义务, as the modules declare them. */
export const dutiesOf = ({ modules }: Pick<Kit, 'modules'>): readonly Duty<unknown>[] => modules.flatMap((module) => module.duties);
