import type { Ctx } from '#platform/context.ts';
import { holds } from '../../access.ts';

type Ability = true | string;
interface Place { readonly countyId: string; readonly townshipId: string | null; readonly neighbourhoodId: string | null; readonly estateId: string | null; readonly companyId: string | null; readonly archivedAt?: unknown }

/** 能否修改联系人: everybody of the county reads it; only the body whose entry it is, or one above, changes it. */
export function contactCan(who: Pick<Ctx, 'actor' | 'scope'>, row: Place): Ability {
  if (row.archivedAt) return '已归档，不能再修改';
  if (!holds(who, 'registry.edit')) return '您的岗位只能查看';
  return isWithin(who.scope, row) || '由登记该联系人的单位修改';
}

/** The same as the write policy of the table: the scope's own column. */
export function isWithin({ level, id }: Ctx['scope'], row: Place): boolean {
  switch (level) {
    case 'everything': return true;
    case 'county': return row.countyId === id;
    case 'township': return row.townshipId === id;
    case 'neighbourhood': return row.neighbourhoodId === id;
    case 'estate': return row.estateId === id;
    case 'company': return row.companyId === id;
    case 'nothing': return false;
  }
}
