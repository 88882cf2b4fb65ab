import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/owner.ts';
import { instant, type Id } from '#domain/kernel/brand.ts';
import { addMonths, epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { filingRefusal, type Filed } from '#domain/owner/filing-limits.ts';
import { receiveComplaint } from '#modules/complaint/index.ts';
import { openEntrances } from '#modules/registry/index.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { makeLink } from '#platform/identity/link.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { inEstate, inPlace } from '../context.ts';
import { callerOf, tryCode, useCode, type Caller } from '../phone-code.ts';
import { keepPhoto } from '../photo.ts';
import { acrossEstates } from '../wide.ts';
import { estateForOwners } from './look-at-estate.ts';

type Receipt = Output<typeof route.fileComplaint>;
const DAY_MS = 86_400_000;
const AGAIN_MONTHS = 24;

/**
 * 业主提交投诉建议: the code is tried first and counted, then used up in the transaction that files. The same intent sent again, because the answer was lost
 * on the way, gets the same number and another link. @throws Problem owner.wrong-code, rate.limited, estate.not-found, input.invalid
 */
export async function fileComplaint(ctx: Ctx, { body }: Input<typeof route.fileComplaint>): Promise<Receipt> {
  const estate = await estateForOwners(ctx, body.estateId);
  const own = inEstate(ctx, estate);
  const { vault, files } = ctx.kit;
  const caller = callerOf(vault, body.phone, ctx.ip);
  const intentIndex = vault.index('phone-code', `intent:${body.intent}`);
  const before = await answerAgain(own, intentIndex);
  if (before !== null) return before;
  if (body.buildingId !== null && !(await openEntrances(ctx.kit, estate.estateId)).some(({ buildingId }) => buildingId === body.buildingId)) throw new Problem('input.invalid', '这个小区没有这栋楼，请重新选择', { errors: [{ pointer: '/buildingId', message: '请重新选择楼栋' }] });
  const tried = await own.transact(async (tx) => {
    tx.auditNothing('a code tried: nothing of an office’s changes');
    return tryCode(tx, vault, { phoneIndex: caller.phoneIndex, code: body.code });
  });
  if ('refusal' in tried) throw new Problem('owner.wrong-code', tried.refusal);
  const photo = body.photo === null ? null : await keepPhoto(files, body.photo);
  return inPlace(ctx, estate).transact(async (tx) => {
    for (const one of [caller.phoneIndex, caller.addressIndex].toSorted()) await sql`select pg_advisory_xact_lock(hashtextextended(${one}, 0))`.execute(tx.db);
    // Limits count across estates, and codes lie with no community.
    await acrossEstates(tx, async () => {
      const refusal = filingRefusal(await filedBefore(tx, caller, estate.estateId));
      if (refusal !== null) throw new Problem('rate.limited', refusal);
      await useCode(tx, tried.id);
    });
    const { no, token, complainantId } = await receiveComplaint(tx, inPlace(ctx, estate), {
      origin: 'owner', estateId: estate.estateId, buildingId: body.buildingId, spot: body.spot, category: body.category, body: body.body,
      complainant: { name: body.name, phone: body.phone, isAnonymous: false, isForFamily: body.isForFamily, familyRelation: body.familyRelation, familyName: body.familyName }, fileIds: photo === null ? [] : [await adoptPhoto(tx, estate, photo)],
    });
    await acrossEstates(tx, () => tx.db.insertInto('owner.filing').values({ id: newId<'Filing'>(), countyId: estate.countyId, estateId: estate.estateId, ...caller, intentIndex, complainantId, complaintNo: no, createdAt: tx.now }).execute());
    return { no, token };
  });
}

/** What was filed before under this intent, with a link of its own: the first one was told once and is kept nowhere. */
async function answerAgain(own: Ctx, intentIndex: string): Promise<Receipt | null> {
  const filed = await own.read((db) => db.selectFrom('owner.filing').select(['complainantId', 'complaintNo']).where('intentIndex', '=', intentIndex).executeTakeFirst());
  if (filed === undefined) return null;
  return own.transact(async (tx) => {
    tx.auditNothing('a receipt told again to whoever filed');
    const { token } = await makeLink(tx, { purpose: 'complaint-receipt', subject: ['Complainant', filed.complainantId], validUntil: instant(`${addMonths(own.today, AGAIN_MONTHS)}T16:00:00.000Z`), uses: 'many', now: own.now });
    return { no: filed.complaintNo, token };
  });
}

async function filedBefore({ db, now }: Tx, { phoneIndex, addressIndex }: Caller, estateId: Id<'Estate'>): Promise<Filed> {
  const filed = db.selectFrom('owner.filing').select((eb) => eb.fn.countAll<number>().as('n')).where('createdAt', '>', instantOf(epochOf(now) - DAY_MS));
  const [byPhone, byAddress, byEstate] = [await filed.where('phoneIndex', '=', phoneIndex).executeTakeFirstOrThrow(), await filed.where('addressIndex', '=', addressIndex).executeTakeFirstOrThrow(), await filed.where('estateId', '=', estateId).executeTakeFirstOrThrow()];
  return { byPhone: byPhone.n, byAddress: byAddress.n, byEstate: byEstate.n };
}

async function adoptPhoto(tx: Tx, { estateId, countyId, townshipId, neighbourhoodId }: Pick<Awaited<ReturnType<typeof estateForOwners>>, 'estateId' | 'countyId' | 'townshipId' | 'neighbourhoodId'>, photo: Upload): Promise<Id<'File'>> {
  const id = newId<'File'>();
  await tx.db.insertInto('platform.file').values({ id, countyId, townshipId, neighbourhoodId, estateId, hash: photo.hash, sizeBytes: photo.sizeBytes, mediaType: photo.mediaType, name: photo.name, subjectKind: 'Complaint', subjectId: newId(), uploadedBy: null, createdAt: tx.now }).execute();
  return id;
}
