import { makeId, type LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicCompanies, publicEstateFacts, type PublicFact } from '#modules/registry/index.ts';
import { Problem } from '#platform/problem.ts';
import type { Drawn, PublicationSource } from './kind.ts';

const NONE = { kind: 'none', days: null, until: null } as const;

/** 小区公开信息: company, contract term, fee standard, committee, and the person in charge with his telephone at work, of one estate. */
export const estateSource: PublicationSource = {
  kind: 'estate',
  draw: async ({ db, ctx, subjectId, on }) => {
    if (subjectId === null) throw new Problem('rule.violated', '请选择小区');
    const { name, townshipId, facts } = await publicEstateFacts(db, ctx, makeId<'Estate'>(subjectId), { on, knownOn: null });
    return { ...estateWords(name, facts, on), aboutTownshipId: townshipId, period: NONE, files: [] };
  },
};

/** 小区信息的标题和内容, as it is published. */
export const estateWords = (name: string, facts: readonly PublicFact[], on: LocalDate): Pick<Drawn, 'title' | 'blocks'> => ({
  title: `${name}物业服务信息`.slice(0, 120), blocks: [{ kind: 'paragraph', text: `以下为截至${dateText(on)}的登记情况。与实际不符的，请向发布机关反映。` }, { kind: 'facts', facts }],
});

/** 物业服务企业名录: the companies with a contract in force in the issuer's area. */
export const companiesSource: PublicationSource = {
  kind: 'companies',
  draw: async ({ db, ctx, issuer, on }) => {
    const { columns, rows } = await publicCompanies(db, ctx, { on, knownOn: null });
    if (rows.length === 0) throw new Problem('rule.violated', '管辖范围内没有合同有效的物业服务企业，没有可以公开的名录');
    const words = `截至${dateText(on)}，按现行有效的物业服务合同统计，共${rows.length}家，按名称排列，不分先后。`;
    return { title: `${issuer.name}物业服务企业名录`.slice(0, 120), aboutTownshipId: issuer.townshipId, period: NONE, files: [], blocks: [{ kind: 'paragraph', text: words }, { kind: 'table', columns, rows }] };
  },
};
