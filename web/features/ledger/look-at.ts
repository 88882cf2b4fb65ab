import { postLedgerLook } from '#contract/ledger.ts';
import { upload } from '#web/kit/api/upload.ts';
import { newKey } from '#web/kit/hooks/use-mutation-of.ts';
import type { Look } from './guess-kind.ts';

/** 看一个文件是什么台账; when nobody answers, nothing is known and the user says it himself. */
export async function lookAt(file: File): Promise<Look> {
  const nothing: Look = { name: file.name, kinds: [], sheets: [], refusal: null };
  const form = new FormData();
  form.append('files', file);
  try {
    const { files } = await upload(postLedgerLook, {}, form, { idempotencyKey: newKey(), onProgress: () => undefined });
    return files[0] ?? nothing;
  } catch {
    return nothing;
  }
}
