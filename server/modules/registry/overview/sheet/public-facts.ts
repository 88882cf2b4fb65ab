import { committeeKindLabels, committeeStatusLabels, feeBasisLabels, managementKindLabels } from '#contract/registry/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { Kit } from '#platform/kit.ts';
import type { AsOf } from '../../as-of.ts';
import { open } from '../../personal.ts';
import { allEstates, factsOf, getEstate } from '../../store/estates.ts';
import { visibleCompanies } from '../../store/visible.ts';
import { dayWords, feeWords, numberWords, periodWords, UNKNOWN } from './words.ts';

export interface PublicFact { readonly label: string; readonly value: string }
const fact = (label: string, value: string | null): PublicFact => ({ label, value: value === null || value === '' ? UNKNOWN : value });

/** 小区公开信息: what the public may know of one estate on a day. Of persons only who answers for the service (负责人员, which 民法典 art. 943 has the provider make known to the owners) and his telephone at work. @throws Problem estate.not-found */
export async function publicEstateFacts(db: Db, ctx: Pick<Ctx, 'scope'> & { readonly kit: Pick<Kit, 'vault'> }, estateId: Id<'Estate'>, at: AsOf): Promise<{ name: string; townshipId: Id<'OrgUnit'>; facts: PublicFact[] }> {
  const row = await getEstate(db, ctx.scope, estateId);
  const { names, contracts, managers, committees } = await factsOf(db, [row], at);
  const [contract, manager, committee] = [contracts.get(row.id), managers.get(row.id), committees.get(row.id)];
  return {
    name: row.name, townshipId: row.townshipId,
    facts: [
      fact('小区名称', row.name), fact('所在乡镇街道', names.get(row.townshipId) ?? null), fact('所在社区', row.neighbourhoodId === null ? null : names.get(row.neighbourhoodId) ?? null), fact('地址', row.address), fact('总户数', numberWords(row.totalUnits, '户')),
      fact('管理方式', managementKindLabels[row.managementKind]), fact('物业服务企业', contract === undefined ? null : names.get(contract.companyId) ?? null), fact('合同期限', contract === undefined ? null : periodWords(contract.startsOn, contract.endsOn)),
      fact('物业费标准', feeWords(row.feeFenPerM2Month)), fact('收费方式', row.feeBasis ? feeBasisLabels[row.feeBasis] : null), fact('项目负责人', manager?.name ?? null), fact('项目负责人办公电话', open(ctx.kit.vault, manager?.phoneCipher ?? null)),
      ...(committee === undefined ? [fact('业主组织', '未成立')] : [fact(committeeKindLabels[committee.kind], committee.name), fact('业主组织状态', committeeStatusLabels[committee.status]), fact('任期', periodWords(committee.sinceOn, committee.untilOn)), fact('备案日期', dayWords(committee.filedOn))]),
    ],
  };
}

/** 物业服务企业名录: the companies with a contract in force in the caller's area on a day, by name, and how many estates each serves. */
export async function publicCompanies(db: Db, ctx: Ctx, at: AsOf): Promise<{ columns: string[]; rows: string[][] }> {
  const { contracts } = await factsOf(db, await allEstates(db, ctx.scope), at);
  const served = Map.groupBy([...contracts.values()], (contract) => contract.companyId);
  const companies = served.size === 0 ? [] : await visibleCompanies(db, ctx.scope).select(['c.id', 'c.name', 'c.creditCode', 'c.address']).where('c.id', 'in', [...served.keys()]).where('c.archivedAt', 'is', null).execute();
  const rows = companies.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')).map((row) => [row.name, row.creditCode ?? UNKNOWN, row.address ?? UNKNOWN, String(served.get(row.id)?.length ?? 0)]);
  return { columns: ['企业名称', '统一社会信用代码', '地址', '在管小区（个）'], rows };
}
