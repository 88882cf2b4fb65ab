import { defineModule } from '#platform/module.ts';

/** 政策目标驾驶舱. */
export const target = defineModule({ name: 'target', routes: [] });
