import { makeId } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { frozenReading } from '#modules/target/index.ts';
import { Problem } from '#platform/problem.ts';
import type { PublicationSource } from './kind.ts';

/** 业委会组建率: a figure that was reported and frozen, with its definition; no place is named. */
export const formationSource: PublicationSource = {
  kind: 'formation',
  draw: async ({ db, ctx, subjectId }) => {
    if (subjectId === null) throw new Problem('rule.violated', '请选择要公开的读数（在“业委会组建率”中先上报并固定）');
    const { asOfOn, part, whole, expired, preparing, rateText, definitionText } = await frozenReading(db, ctx, makeId<'Reading'>(subjectId));
    const facts = [['截至', dateText(asOfOn)], ['组建率', rateText], ['已入住小区', `${whole}个`], ['已成立业主委员会', `${part}个`], ['其中届满未换届', `${expired}个`], ['筹备中', `${preparing}个`]] as const;
    return {
      title: `业主委员会组建情况（截至${dateText(asOfOn)}）`, aboutTownshipId: null, period: null, files: [],
      blocks: [{ kind: 'facts', facts: facts.map(([label, value]) => ({ label, value })) }, { kind: 'paragraph', text: `口径：${definitionText}` }],
    };
  },
};
