import type { Permission } from '#contract/permissions.ts';
import type { Scope } from '#platform/access/scope.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';

type Ability = true | string;
type Who = Pick<Ctx, 'actor' | 'scope'>;

/** 有无权限. */
export const holds = ({ actor }: Who, permission: Permission): boolean => actorMay(actor, permission);

const all = (...reasons: readonly (Ability | false)[]): Ability => reasons.find((reason) => typeof reason === 'string') ?? true;
const lacks = (who: Who, permission: Permission, reason: string): string | false => !holds(who, permission) && reason;
const isArchived = (row: { readonly archivedAt: unknown }): string | false => row.archivedAt !== null && '已归档，不能再修改';
const atLeast = (scope: Scope, levels: readonly Scope['level'][], reason: string): string | false => !levels.includes(scope.level) && reason;

const PUBLIC = ['everything', 'county', 'township', 'neighbourhood'] as const;
const COUNTY = ['everything', 'county'] as const;

/** 小区可做的事. */
export function estateCan(who: Who, row: { readonly archivedAt: unknown }) {
  const edit = all(isArchived(row), lacks(who, 'registry.edit', '您的岗位只能查看'));
  const byPublicBody = all(edit, atLeast(who.scope, PUBLIC, '由社区、乡镇街道或县住建局登记'));
  const merge = all(isArchived(row), lacks(who, 'registry.merge', '合并、归档由县住建局办理'));
  return {
    edit, rename: byPublicBody, move: all(edit, atLeast(who.scope, COUNTY, '更换乡镇街道由县住建局办理')),
    archive: merge, merge, contract: byPublicBody, manager: edit, committee: byPublicBody, units: byPublicBody,
  };
}

/** 合同可做的事, of one version: an earlier one can only be read; a contract whose last version was laid aside is archived. */
export function contractCan(who: Who, estate: { readonly archivedAt: unknown }, version: { readonly supersededAt: unknown }) {
  const past = version.supersededAt !== null && '已归档或已有新的版本，不能再修改';
  const edit = all(past, estateCan(who, estate).contract);
  return { edit, archive: all(edit, lacks(who, 'registry.merge', '归档由县住建局办理')) };
}

/** 企业、从业人员可做的事: their own county level and the company itself; a township only adds. */
export function companyCan(who: Who, row: { readonly archivedAt: unknown }) {
  const merge = all(isArchived(row), lacks(who, 'registry.merge', '合并、归档由县住建局办理'));
  return { edit: all(isArchived(row), lacks(who, 'registry.edit', '您的岗位只能查看'), atLeast(who.scope, ['everything', 'county', 'company'], '由县住建局或企业本身修改')), archive: merge, merge };
}

/** 房屋、业主可做的事. */
export function unitCan(who: Who, row: { readonly archivedAt: unknown }) {
  const edit = all(isArchived(row), lacks(who, 'registry.edit', '您的岗位只能查看'), atLeast(who.scope, PUBLIC, '由社区、乡镇街道或县住建局登记'));
  return { edit, archive: all(isArchived(row), lacks(who, 'registry.merge', '归档由县住建局办理')), transfer: edit, merge: all(isArchived(row), lacks(who, 'registry.merge', '合并由县住建局办理')), reveal: lacks(who, 'registry.owner.reveal', '您的岗位不能查看完整号码') || true as Ability };
}

/** Refuses what `can` says may not be done. @throws Problem access.denied, state.conflict when archived */
export function mustBeAble(ability: Ability): void {
  if (ability === true) return;
  throw new Problem(ability.startsWith('已归档') ? 'state.conflict' : 'access.denied', ability);
}

/** 版本核对: the page must have read the present version. @throws Problem state.stale */
export function mustBeFresh(ctx: Pick<Ctx, 'ifMatch'>, row: { readonly version: number }): void {
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw new Problem('state.stale', '这条记录已被别人修改，请刷新后核对再保存');
}

/** 不存在: also when out of scope. */
export function found<T>(row: T | undefined, code: 'estate.not-found' | 'company.not-found' | 'practitioner.not-found' | 'unit.not-found' | 'owner.not-found' | 'not-found'): T {
  if (row === undefined) throw new Problem(code, { 'estate.not-found': '小区不存在或不在管辖范围内', 'company.not-found': '企业不存在或不在管辖范围内', 'practitioner.not-found': '人员不存在或不在管辖范围内', 'unit.not-found': '房屋不存在或不在管辖范围内', 'owner.not-found': '业主不存在或不在管辖范围内', 'not-found': '没有找到，或不在管辖范围内' }[code]);
  return row;
}

/** Turns a broken unique name into words. */
export async function orDuplicate<T>(work: Promise<T>, index: string, message: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === index) throw new Problem('state.duplicate', message);
    throw error;
  }
}
