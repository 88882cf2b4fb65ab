import type { Output } from '#contract/define-route.ts';
import type { postReturnedFiles } from '#contract/collection.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { inspectUpload } from '#platform/workbook/open.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import type { SheetRow } from '#platform/workbook/sheet.ts';
import { scopeOf, touchPart } from '../answer.ts';
import { sealValues } from '../store/answers.ts';
import { columnsOf, type CollectionRecord } from '../store/collections.ts';
import { linesOf, type PartRecord } from '../store/parts.ts';
import { tellIssuer } from '../tell-issuer.ts';
import { readForm, type ReadForm } from './read-form.ts';

type Outcome = Output<typeof postReturnedFiles>['files'][number];
interface Read { readonly upload: Upload; readonly read: ReadForm }
const MOST_PROBLEMS = 50;
const MOST_ROWS = 6_000;

/** 读交来的文件, before anything is locked: a workbook is read in its own thread. */
export async function readFiles(ctx: Pick<Ctx, 'uploads'>, head: CollectionRecord, parts: readonly PartRecord[]): Promise<Read[]> {
  if (ctx.uploads.length === 0) throw new Problem('input.invalid', '请选择要上传的表', { errors: [{ pointer: '/files', message: '请选择文件' }] });
  const columns = columnsOf(head);
  const asked = parts.map((part) => ({ partId: part.id, name: part.recipientName, lines: linesOf(part) }));
  const all: Read[] = [];
  for (const upload of ctx.uploads) {
    const sheets = await sheetsIn(upload);
    all.push({ upload, read: typeof sheets === 'string' ? { values: new Map(), problems: [sheets], notes: [] } : readForm(sheets, columns, asked) });
  }
  return all;
}

/** The rows of every shown sheet, or the sentence that refuses the file. */
async function sheetsIn({ path, name }: Upload): Promise<{ name: string; rows: SheetRow[] }[] | string> {
  const looked = await inspectUpload(path, name);
  if (!looked.ok) return looked.message;
  const sheets = new Map<string, SheetRow[]>();
  try {
    for await (const part of readWorkbook(path, looked.type, { rowsPerSheet: MOST_ROWS })) {
      if (part.kind === 'sheet') { if (!part.sheet.hidden) sheets.set(part.sheet.name, []); continue; }
      for (const row of part.rows) sheets.get(row.sheet)?.push(row);
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) return error.message;
    throw error;
  }
  return [...sheets].map(([sheet, rows]) => ({ name: sheet, rows }));
}

/** 收下交回的表: each file whole or not at all; the same file again is known. Every part it speaks of gets one more answer. */
export async function takeFiles(tx: Tx, ctx: Ctx, { head, parts }: { readonly head: CollectionRecord; readonly parts: readonly PartRecord[] }, files: readonly Read[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { upload, read } of files) {
    const named = parts.filter(({ id }) => read.values.has(id));
    const outcome = { fileName: upload.name, recipients: named.map(({ recipientName }) => recipientName), notes: read.notes.slice(0, MOST_PROBLEMS) };
    const known = read.problems.length > 0 ? [] : await knownFor(tx, named, upload);
    const problems = [...read.problems.slice(0, MOST_PROBLEMS), ...(read.problems.length > MOST_PROBLEMS ? [`另有 ${read.problems.length - MOST_PROBLEMS} 处`] : []), ...(known.length > 0 ? ['这个文件已经收过，没有重复读取'] : [])];
    if (problems.length === 0) for (const part of named) await keepAnswer(tx, ctx, { part, head }, upload, read);
    outcomes.push({ ...outcome, isTaken: problems.length === 0, problems });
  }
  if (outcomes.some(({ isTaken }) => isTaken)) await tellIssuer(tx, ctx, head);
  return outcomes;
}

const knownFor = async ({ db }: Tx, parts: readonly PartRecord[], { hash }: Upload) => (parts.length === 0 ? [] : db.selectFrom('collection.answer as a').innerJoin('platform.file as f', 'f.id', 'a.fileId').select('a.id')
  .where('a.partId', 'in', parts.map(({ id }) => id)).where('a.status', '=', 'handed-in').where('f.hash', '=', hash).execute());

async function keepAnswer(tx: Tx, ctx: Ctx, { part, head }: { readonly part: PartRecord; readonly head: CollectionRecord }, upload: Upload, { values }: ReadForm): Promise<void> {
  if (ctx.actor.userId === null) throw new Problem('access.denied', '请登录后再上传');
  const scope = scopeOf(part);
  const [id, fileId] = [newId<'Answer'>(), newId<'File'>()];
  await tx.db.insertInto('platform.file').values({ id: fileId, ...scope, hash: upload.hash, sizeBytes: upload.sizeBytes, mediaType: upload.mediaType, name: upload.name, subjectKind: 'Answer', subjectId: id, uploadedBy: ctx.actor.userId, createdAt: ctx.now }).execute();
  await tx.db.insertInto('collection.answer').values({ id, ...scope, partId: part.id, source: 'workbook', status: 'handed-in', valuesCipher: sealValues(ctx.kit.vault, values.get(part.id) ?? {}), byName: ctx.actor.name, userId: ctx.actor.userId, fileId, handedInAt: ctx.now, createdAt: ctx.now, updatedAt: ctx.now }).execute();
  await touchPart(tx, ctx, { part, head }, { status: 'answered', answeredAt: ctx.now, returnedReason: null });
  tx.audit({ action: 'collection.file', subject: ['Part', part.id], before: null, after: { file: upload.name, rows: Object.keys(values.get(part.id) ?? {}).length }, countyId: part.countyId, townshipId: part.townshipId });
}
