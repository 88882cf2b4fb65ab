import type { Output } from '#contract/define-route.ts';
import type { postBuilding as route } from '#contract/registry/unit.ts';

/** What every act answers. */
export type Building = Output<typeof route>;

/** Said where the name or number is taken already. */
export const TAKEN = '本小区已有这一楼栋';
