import type { Id } from '#domain/kernel/brand.ts';
import type { QualityLimits } from '#domain/registry/quality/quality-rule.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { AsOf } from '../../as-of.ts';
import { companyFindings, practitionerFindings } from '../../quality.ts';
import type { EstateFacts } from '../../store/estates.ts';
import { visibleCompanies, visiblePractitioners } from '../../store/visible.ts';
import { NOWHERE, placed, type Placed } from './placed.ts';

/** Who serves a place: the companies of its estates' contracts, and those who manage its estates. */
interface Serving { readonly companies: readonly Id<'Company'>[]; readonly managers: readonly Id<'Practitioner'>[] }

/** 服务本地的企业和项目经理, of the estates these facts are about. */
export const serving = ({ contracts, managers }: EstateFacts): Serving => ({
  companies: [...new Set([...contracts.values()].map((contract) => contract.companyId))], managers: [...new Set([...managers.values()].map((manager) => manager.practitionerId))],
});

/**
 * 企业和人员的数据问题. Of a whole county all that is in scope; of a place those who serve it. A township or an estate is told what is missing of
 * its companies, so that it can ask for it; who mends it says `repair`.
 */
export async function ofCompanies(db: Db, ctx: Ctx, only: Serving | null, limits: QualityLimits, at: AsOf): Promise<Placed[]> {
  let companies = visibleCompanies(db, ctx.scope).selectAll('c').where('c.archivedAt', 'is', null);
  let people = visiblePractitioners(db, ctx.scope).selectAll('p').where('p.archivedAt', 'is', null).where('p.leftOn', 'is', null);
  if (only !== null) {
    companies = companies.where((eb) => eb('c.id', '=', eb.fn.any(eb.val([...only.companies]))));
    people = people.where((eb) => eb.or([eb('p.companyId', '=', eb.fn.any(eb.val([...only.companies]))), eb('p.id', '=', eb.fn.any(eb.val([...only.managers])))]));
  }
  const [firms, staff] = await Promise.all([companies.orderBy('c.id').execute(), people.orderBy('p.id').execute()]);
  return [
    ...firms.flatMap((row) => companyFindings(ctx, row, limits, at).map((finding) => placed(finding, row.name, NOWHERE))),
    ...staff.flatMap((row) => practitionerFindings(ctx, row, ctx.kit.vault, limits, at).map((finding) => placed(finding, row.name, NOWHERE))),
  ];
}
