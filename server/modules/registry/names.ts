import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { unitKey, type UnitNumber } from '#domain/kernel/unit-number.ts';

/** 企业比对键. */
export const companyKey = (name: string): string => normaliseName(name);
/** 小区比对键: within one township. */
export const estateKey = (name: string, phase: string | null = null): string => canonicalEstateName(name + (phase && !name.includes(phase) ? phase : ''));
/** 房屋比对键: within one estate. */
export const unitMatchKey = (number: UnitNumber): string => unitKey(number);
/** 房屋称呼: 1幢2单元301室. */
export const unitTitle = (building: string, entrance: string, room: string): string =>
  `${/[幢栋楼座#]$/.test(building) ? building : `${building}幢`}${entrance === '' ? '' : /单元|门|梯$/.test(entrance) ? entrance : `${entrance}单元`}${/[室房号户]$/.test(room) ? room : `${room}室`}`;
