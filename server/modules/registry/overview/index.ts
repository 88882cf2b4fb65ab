import type { Served } from '#platform/module.ts';

/** 总览: search, the directory, the one-page sheets and data quality. */
export const overviewRoutes: readonly Served[] = [];
