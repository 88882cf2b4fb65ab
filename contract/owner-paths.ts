/** 业主端地址: below the origin; every one begins with it. */
export const OWNER_HOME = '/o';

/** 单元门: which building and entrance a poster hangs at. `entrance` is blank where the building has one. */
export interface Door { readonly buildingId: string; readonly entrance: string }

/** 小区页地址; with a door as its poster says it. */
export function estatePath(estateId: string, door: Door | null = null): string {
  const query = door === null ? '' : `?${new URLSearchParams({ b: door.buildingId, ...(door.entrance === '' ? {} : { u: door.entrance }) }).toString()}`;
  return `${OWNER_HOME}/e/${estateId}${query}`;
}

/** 楼栋单元的叫法: 3幢2单元. */
export const doorName = (building: string, entrance: string): string =>
  `${/[幢栋楼座#]$/.test(building) ? building : `${building}幢`}${entrance === '' ? '' : /单元|门|梯$/.test(entrance) ? entrance : `${entrance}单元`}`;
