import { makeId } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { groupings, groupingTitles, type Grouping } from '#domain/complaint/overdue.ts';
import { frozenOverdue } from '#modules/complaint/index.ts';
import { Problem } from '#platform/problem.ts';
import type { PublicationSource } from './kind.ts';

/** 投诉逾期件数: as they were counted and kept, what is small told together; nobody is named. */
export const overdueSource = (by: Grouping): PublicationSource => ({
  kind: `overdue-${by}`,
  draw: async ({ db, ctx, subjectId }) => {
    if (subjectId === null) throw new Problem('rule.violated', '请从“投诉”中的“逾期件数”页面点“拟公开稿”');
    const { by: kept, asOfOn, least, told: { lines, others, total } } = await frozenOverdue(db, ctx, makeId<'OverdueReading'>(subjectId));
    if (kept !== by) throw new Problem('rule.violated', '固定的件数与要公开的统计方式不一致，请从“逾期件数”页面重新拟稿');
    const rows = [...lines.map(({ label, count }) => [label, String(count)]), ...(others === null ? [] : [[lines.length === 0 ? `合计（${others.lines}个）` : `其他${others.lines}个（合计）`, others.count === null ? '不公布' : String(others.count)]])];
    const words = `截至${dateText(asOfOn)}，超过办理期限还没有办的投诉件${total === null ? '' : `共${total}件`}。${others === null ? '' : `少于${least}件的并入“其他”合计，合计仍能推算的不公布。`}`;
    return { title: `投诉办理逾期件数（${groupings[by]}，截至${dateText(asOfOn)}）`, aboutTownshipId: null, period: null, files: [], blocks: [{ kind: 'paragraph', text: words }, { kind: 'table', columns: [groupingTitles[by], '逾期（件）'], rows }] };
  },
});
