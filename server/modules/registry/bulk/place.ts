import type { EstateRecord } from '../store/records.ts';

type Place = Pick<EstateRecord, 'countyId' | 'townshipId' | 'neighbourhoodId' | 'companyId'>;
/** What every row below an estate copies from it, and what its owners are told apart by. */
export type EstatePlace = Place & Pick<EstateRecord, 'id' | 'name' | 'developerName' | 'isDemo'>;

/** 归属栏: the ancestor columns of one estate. */
export const scopeOf = (place: Place | undefined) => ({ countyId: place?.countyId, townshipId: place?.townshipId, neighbourhoodId: place?.neighbourhoodId, companyId: place?.companyId });
