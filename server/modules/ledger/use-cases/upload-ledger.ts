import type { postLedgerBatch } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { crashPoint } from '../crash-point.ts';
import { presentBatch } from '../present.ts';
import { detect } from '../read/detect.ts';
import { updateBatch } from '../store/batch.ts';
import { createBatch } from '../store/create-batch.ts';

type Body = Input<typeof postLedgerBatch>['body'];

/** 上传台账: refuses at once what is no such ledger; else keeps the files and starts the reading. */
export async function uploadLedger(ctx: Ctx, { body }: Input<typeof postLedgerBatch>): Promise<Output<typeof postLedgerBatch>> {
  if (ctx.uploads.length === 0) throw new Problem('input.invalid', '请选择要上传的工作簿', { errors: [{ pointer: '/files', message: '请选择文件' }] });
  const countyId = countyOf(ctx);
  refuseCountyLedgers(ctx, body);
  const owners = ownersOf(ctx, body);
  const townshipId = ctx.scope.level === 'township' && ctx.scope.id !== null ? makeId<'OrgUnit'>(ctx.scope.id) : await chosenTownship(ctx, countyId, body.townshipId ?? null);
  const detected = await detect(ctx, countyId, body.kind, ctx.uploads);
  const answer = await ctx.transact(async (tx) => {
    const made = await createBatch(ctx, tx, { kind: body.kind, countyId, townshipId, ...owners, detected });
    const jobId = made.status === 'mapping' ? null : await ctx.kit.queue.start(ctx, tx, { kind: 'ledger.read', input: { batchId: made.id }, countyId });
    const batch = jobId === null ? made : await updateBatch(tx.db, made.id, { jobId: makeId<'Job'>(jobId) });
    tx.audit({ action: 'ledger.upload', subject: ['Batch', batch.id], before: null, after: { kind: body.kind, files: ctx.uploads.map(({ name }) => name) }, countyId, townshipId });
    return presentBatch(ctx, tx.db, batch);
  });
  crashPoint('after-upload');
  return answer;
}

/** 本县 of whoever acts. @throws Problem access.denied for one that belongs to no county */
export function countyOf(ctx: Ctx): Id<'OrgUnit'> {
  if (ctx.scope.countyId === null) throw new Problem('access.denied', '没有管辖的县，不能导入台账');
  return makeId<'OrgUnit'>(ctx.scope.countyId);
}

function refuseCountyLedgers({ scope }: Ctx, { kind }: Body): void {
  if (scope.level !== 'township' || kind === 'estates' || kind === 'units') return;
  throw new Problem('rule.violated', '企业和从业人员跨乡镇登记，由县住建局统一导入；乡镇（街道）可以导入小区台账和房屋业主名册');
}

/** Owners' data are loaded for a stated purpose, with its document and the day of deletion. */
function ownersOf({ today }: Ctx, { kind, purpose, document, deleteOn }: Body) {
  const stated = { purpose: purpose || null, document: document || null, deleteOn: deleteOn ?? null };
  if (kind !== 'units') return { purpose: null, document: null, deleteOn: null };
  const missing = [
    ...(stated.purpose === null ? [{ pointer: '/purpose', message: '请填写使用目的' }] : []),
    ...(stated.document === null ? [{ pointer: '/document', message: '请填写依据文件（函或协议的名称、文号）' }] : []),
    ...(stated.deleteOn === null ? [{ pointer: '/deleteOn', message: '请填写到期删除日期' }] : stated.deleteOn <= today ? [{ pointer: '/deleteOn', message: '到期删除日期应在今天之后' }] : []),
  ];
  if (missing.length > 0) throw new Problem('input.invalid', '房屋业主名册含个人信息，请写明使用目的、依据文件和到期删除日期', { errors: missing });
  return stated;
}

async function chosenTownship(ctx: Ctx, countyId: Id<'OrgUnit'>, id: Id<'OrgUnit'> | null): Promise<Id<'OrgUnit'> | null> {
  if (id === null) return null;
  const found = await ctx.read((db) => db.selectFrom('platform.orgUnit').select('id').where('id', '=', id).where('countyId', '=', countyId).where('kind', '=', 'township').executeTakeFirst());
  if (!found) throw new Problem('input.invalid', '本县没有这个乡镇（街道），请重新选择', { errors: [{ pointer: '/townshipId', message: '请重新选择乡镇（街道）' }] });
  return found.id;
}
