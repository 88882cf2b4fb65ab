import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { getDiagnosis as route } from '#contract/operations/watch.ts';
import type { Ctx } from '#platform/context.ts';
import { makeBundle } from '#platform/diagnose/make-bundle.ts';

/** 下载诊断包: on the record, though nobody's data is in it. */
export async function getDiagnosis(ctx: Ctx, _input: Input<typeof route>): Promise<Download> {
  const { name, bytes } = await makeBundle(ctx.kit);
  await ctx.transact(async (tx) => { tx.audit({ action: 'diagnosis.export', subject: ['Export', 'diagnosis'], before: null, after: { bytes: bytes.length } }); });
  return { fileName: name, mediaType: 'application/gzip', content: bytes };
}
