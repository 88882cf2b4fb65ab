import type { postLedgerLook } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { guessKinds } from '#domain/ledger/guess-kind.ts';
import { ledgerKinds } from '#domain/ledger/ledger-specs.ts';
import type { Ctx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { Problem } from '#platform/problem.ts';
import { headsOf, knownTo } from '../read/detect.ts';
import { findSheets, type Head } from '../read/find-sheets.ts';
import { countyOf } from './upload-ledger.ts';

type Look = Output<typeof postLedgerLook>['files'][number];
type Known = Awaited<ReturnType<typeof knownTo>>;

/** 看文件是什么台账: by the columns of each sheet; columns that somebody once picked by hand tell it too. */
export async function lookAtFiles(ctx: Ctx, _input: Input<typeof postLedgerLook>): Promise<Output<typeof postLedgerLook>> {
  if (ctx.uploads.length === 0) throw new Problem('input.invalid', '请选择要上传的工作簿', { errors: [{ pointer: '/files', message: '请选择文件' }] });
  const countyId = countyOf(ctx);
  const known = new Map<string, Known>();
  for (const kind of ledgerKinds) known.set(kind, await knownTo(ctx, countyId, kind));
  const files: Look[] = [];
  for (const upload of ctx.uploads) files.push(await lookAt(upload, known));
  return { files };
}

async function lookAt({ path, name }: Upload, known: ReadonlyMap<string, Known>): Promise<Look> {
  try {
    const heads = await headsOf(path, name);
    const sheets = guessKinds(name, heads, { townships: known.get('estates')?.townships ?? [], fileName: name }).map(({ sheet, kind }) => ({ sheet, kind: kind ?? remembered({ heads, fileName: name }, sheet, known) }));
    return { name, kinds: ledgerKinds.filter((kind) => sheets.some((one) => one.kind === kind)), sheets, refusal: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name, kinds: [], sheets: [], refusal: error.message };
  }
}

/** A header that means nothing by itself, and whose columns were picked before. */
function remembered({ heads, fileName }: { heads: readonly Head[]; fileName: string }, sheet: string, known: ReadonlyMap<string, Known>): Look['sheets'][number]['kind'] {
  const own = heads.filter(({ facts }) => facts.name === sheet);
  const picked = ledgerKinds.filter((kind) => {
    const { townships, memory } = known.get(kind) ?? { townships: [], memory: new Map() };
    return memory.size > 0 && findSheets(kind, own, { townships, fileName }, memory).some(({ status }) => status === 'table');
  });
  return picked.length === 1 ? picked[0] ?? null : null;
}
