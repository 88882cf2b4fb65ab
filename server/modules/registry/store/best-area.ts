import { sql } from 'kysely';
import { knownThen, validThen, type AsOf } from '../as-of.ts';
import type { UnitAreaRecord } from './records.ts';

/** 面积取值 of the unit whose id is `unitId`, for a lateral join: register before survey before contract; of one source the version recorded last. */
export const bestArea = (at: AsOf, unitId = 'u.id') => sql<Pick<UnitAreaRecord, 'areaCm2' | 'areaSource'>>`(
  select a.area_cm2, a.area_source from registry.unit_area a where a.unit_id = ${sql.raw(unitId)} and ${knownThen('a', at)} and ${validThen('a', at)}
   order by array_position(array['register', 'survey', 'contract', 'unknown'], a.area_source), a.recorded_at desc limit 1)`;
