import type { AreaCm2 } from '#domain/kernel/brand.ts';
import { interpretation2020, type Source } from '#domain/kernel/rule.ts';

/** 面积依据: where a unit's area was read, best first. */
export type AreaSource = 'register' | 'survey' | 'contract' | 'unknown';

/** 面积依据的中文名称, in legal order of priority. */
export const areaSourceLabels: Readonly<Record<AreaSource, string>> = {
  register: '不动产登记簿',
  survey: '测绘成果',
  contract: '买卖合同',
  unknown: '待核实',
};

/** 面积依据的顺位依据. */
export const areaPrioritySource: Source = interpretation2020('第八条');

/** One area of a unit with where it was read. */
export interface SourcedArea {
  readonly area: AreaCm2;
  readonly source: AreaSource;
}

/**
 * 面积依据: understands the words offices use (不动产登记簿, 房产证, 测绘成果, 实测, 购房合同, 网签合同 …).
 * Undefined when the text is none of them.
 */
export function readAreaSource(text: string): AreaSource | undefined {
  if (/登记|产权证|房产证|不动产权|权属/.test(text)) return 'register';
  if (/测绘|实测|测量|面积清册/.test(text)) return 'survey';
  if (/合同|网签|买卖|预测/.test(text)) return 'contract';
  return undefined;
}

/** 面积取值: of the areas known for one unit, the one the law takes: register, else survey, else contract, else one of unknown source; of one source the last given. */
export function prevailingArea(areas: readonly SourcedArea[]): SourcedArea | undefined {
  for (const source of ['register', 'survey', 'contract', 'unknown'] satisfies AreaSource[]) {
    const found = areas.findLast((area) => area.source === source);
    if (found !== undefined) return found;
  }
  return undefined;
}
