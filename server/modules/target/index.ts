import * as route from '#contract/target.ts';
import { defineModule, serve } from '#platform/module.ts';
import { targetPersonalData } from './personal-data.ts';
import { exportFormation, exportFormationEstates } from './use-cases/export-formation.ts';
import { getFormation, getFormationEstates } from './use-cases/get-formation.ts';
import { getFormationReading, listFormationReadings, reportFormation } from './use-cases/report-formation.ts';

/** 政策目标驾驶舱: 业委会组建率, its definition, the estates behind it and what was reported. */
export const target = defineModule({
  name: 'target',
  routes: [
    serve(route.getFormation, getFormation), serve(route.getFormationEstates, getFormationEstates),
    serve(route.exportFormation, exportFormation), serve(route.exportFormationEstates, exportFormationEstates), serve(route.listFormationReadings, listFormationReadings),
    serve(route.getFormationReading, getFormationReading), serve(route.postFormationReading, reportFormation),
  ],
  personalData: targetPersonalData,
});

export { stats, type Stats } from './stats.ts';
export { frozenReading, type FrozenReading } from './frozen-reading.ts';
