import type { EstateRecord } from '../store/records.ts';

type Place = Pick<EstateRecord, 'countyId' | 'townshipId' | 'neighbourhoodId' | 'companyId'>;
/** What every row below an estate copies from it, and what its owners are told apart by. */
export type EstatePlace = Place & Pick<EstateRecord, 'id' | 'name' | 'developerName' | 'isDemo'>;

/** 归属栏: the ancestor columns of one estate. */
export const scopeOf = ({ countyId, townshipId, neighbourhoodId, companyId }: Place): Place => ({ countyId, townshipId, neighbourhoodId, companyId });
