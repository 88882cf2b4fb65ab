import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Vocabulary } from './vocabulary.ts';

/** 项目阶段: an estate being built, delivered but empty, or lived in. */
export type EstateStage = 'building' | 'delivered' | 'occupied';

/** 项目阶段词表. */
export const estateStages: Vocabulary<EstateStage> = {
  building: { label: '在建', synonyms: ['未交付', '建设中', '未竣工', '在建未交付'] },
  delivered: { label: '已交付未入住', synonyms: ['已交付', '待入住', '空置', '未入住'] },
  occupied: { label: '已入住', synonyms: ['入住', '在用', '已使用', '正常'] },
};

/** What is known of an estate's delivery and of who lives there. */
export interface StageFacts {
  readonly deliveredOn: LocalDate | null;
  readonly occupiedUnits: number | null;
}

/**
 * 项目阶段: at which stage is an estate on a day? Lived in when at least one unit is; else delivered from its delivery day on.
 * An estate of which neither number nor day is known is old stock: taken as lived in.
 */
export function estateStage({ deliveredOn, occupiedUnits }: StageFacts, on: LocalDate): EstateStage {
  if (occupiedUnits !== null && occupiedUnits > 0) return 'occupied';
  if (deliveredOn !== null && deliveredOn > on) return 'building';
  return occupiedUnits === 0 ? 'delivered' : 'occupied';
}
