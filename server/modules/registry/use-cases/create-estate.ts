import type { Input, Output } from '#contract/define-route.ts';
import type { postEstate as route } from '#contract/registry/estate.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { found, orDuplicate } from '../access.ts';
import { asOf } from '../as-of.ts';
import { estateKey } from '../names.ts';
import { presentEstate } from '../present/estate.ts';
import { indexEstates } from '../search-entries.ts';

type Draft = Pick<Input<typeof route>['body'], 'townshipId' | 'neighbourhoodId' | 'totalUnits' | 'occupiedUnits' | 'totalCm2' | 'deliveredCm2'>;
const TAKEN = '本乡镇街道已有同名小区，请在名称中写明期别或位置，或打开原有记录修改';

/** 登记小区. */
export function createEstate(ctx: Ctx, { body }: Input<typeof route>): Promise<Output<typeof route>> {
  return ctx.transact(async (tx) => {
    const countyId = await placeOf(tx.db, ctx, body);
    refuseContradiction(body);

    const row = await orDuplicate(tx.db.insertInto('registry.estate').values({ ...body, id: newId<'Estate'>(), countyId, matchKey: estateKey(body.name, body.phase), createdAt: ctx.now, updatedAt: ctx.now }).returningAll().executeTakeFirstOrThrow(), 'estate_name_key', TAKEN);

    await indexEstates(tx.db, [row]);
    tx.audit({ action: 'estate.create', subject: ['Estate', row.id], before: null, after: row, countyId: row.countyId, townshipId: row.townshipId });
    tx.emit({ name: 'registry.estate-created', key: row.id, payload: { estateId: row.id } });
    return presentEstate(tx.db, ctx, row.id, asOf({}, ctx.today));
  });
}

/** 核对所在地: the township must be in scope and the neighbourhood in the township; answers the county. */
export async function placeOf(db: Db, ctx: Pick<Ctx, 'scope'>, { townshipId, neighbourhoodId }: Pick<Draft, 'townshipId' | 'neighbourhoodId'>): Promise<Id<'OrgUnit'>> {
  const township = found(await db.selectFrom('platform.orgUnit').select(['id', 'countyId']).where('id', '=', townshipId).where('kind', '=', 'township').where('archivedAt', 'is', null).executeTakeFirst(), 'not-found');
  const { level, id } = ctx.scope;
  if (level === 'company' || level === 'estate' || level === 'nothing') throw new Problem('access.denied', '小区由社区、乡镇街道或县住建局登记');
  if (level === 'township' && township.id !== id) throw new Problem('access.denied', '只能登记本乡镇街道的小区');
  if (level === 'neighbourhood' && neighbourhoodId !== id) throw new Problem('access.denied', '只能登记本社区的小区');
  if (neighbourhoodId !== null) {
    const neighbourhood = await db.selectFrom('platform.orgUnit').select('id').where('id', '=', neighbourhoodId).where('townshipId', '=', townshipId).where('kind', '=', 'neighbourhood').executeTakeFirst();
    if (!neighbourhood) throw new Problem('input.invalid', '社区不属于所选的乡镇街道', { errors: [{ pointer: '/neighbourhoodId', message: '社区不属于所选的乡镇街道' }] });
  }
  return township.countyId;
}

/** Numbers that contradict one another are refused, each at its field. */
export function refuseContradiction({ totalUnits, occupiedUnits, totalCm2, deliveredCm2 }: Pick<Draft, 'totalUnits' | 'occupiedUnits' | 'totalCm2' | 'deliveredCm2'>): void {
  const errors = [
    ...(totalUnits !== null && occupiedUnits !== null && occupiedUnits > totalUnits ? [{ pointer: '/occupiedUnits', message: `入住户数不能多于总户数${totalUnits}` }] : []),
    ...(totalCm2 !== null && deliveredCm2 !== null && deliveredCm2 > totalCm2 ? [{ pointer: '/deliveredCm2', message: '已交付面积不能大于总建筑面积' }] : []),
  ];
  if (errors.length > 0) throw new Problem('input.invalid', '填写的数字互相矛盾，请核对', { errors });
}
