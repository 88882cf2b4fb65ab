import { Readable } from 'node:stream';
import type { Id } from '#domain/kernel/brand.ts';
import type { Tx } from '../context.ts';
import type { FileStore } from './store.ts';

/** 到期删除的文件 as it is found afterwards: a line of text under a name that says so. */
export interface EndedFile { readonly name: string; readonly text: string }

/** 删除文件的内容: the row stays and names a line of text instead; content that no row names is swept from the disk by the kit. */
export async function endFiles(tx: Tx, files: FileStore, ids: readonly Id<'File'>[], ended: EndedFile): Promise<void> {
  if (ids.length === 0) return;
  const { hash, sizeBytes, mediaType } = await files.put(Readable.from([Buffer.from(ended.text)]), { name: ended.name, mediaType: 'text/plain', limitBytes: 1_000 });
  await tx.db.updateTable('platform.file').set({ hash, sizeBytes, mediaType, name: ended.name }).where('id', 'in', [...ids]).execute();
}
