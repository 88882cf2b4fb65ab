import type { Id } from '#domain/kernel/brand.ts';
import { everything } from '#platform/access/scope.ts';
import { newId } from '#platform/ids.ts';
import type { Hall } from './hall.ts';

/** 登记俗称 of an estate, for a test. */
export const createEstateName = (world: Hall, estateId: Id<'Estate'>, name: string): Promise<unknown> => world.kit.database.write(everything, (db) =>
  db.insertInto('registry.estateName').values({ id: newId<'EstateName'>(), estateId, countyId: world.county, townshipId: world.east, neighbourhoodId: world.eastCommunity, name, matchKey: name, kind: 'alias' }).execute());
