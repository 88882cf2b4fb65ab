import type { FastifyRequest } from 'fastify';
import type { Upload } from '../files/store.ts';
import type { Kit } from '../kit.ts';
import { Problem } from '../problem.ts';

/** Hard ceiling of one uploaded file. Workbooks past it are refused before anything is read. */
export const UPLOAD_LIMIT_BYTES = 50 * 1_048_576;
const MOST_FILES = 20;

/** 收取表单: fields as text, files streamed into the store under their hash. Nothing belongs to anything until a use case adopts it. @throws Problem input.invalid for what is no whole form */
export async function takeMultipart(request: FastifyRequest, kit: Kit): Promise<{ fields: Record<string, string>; uploads: Upload[] }> {
  if (!request.isMultipart()) throw new Problem('input.invalid', '请用表单方式上传文件');
  try {
    return await partsOf(request, kit);
  } catch (error) {
    // The parser of forms throws errors of no kind and no code: no boundary, a broken head, an early end.
    if (error instanceof Error && error.name === 'Error' && !('code' in error)) throw new Problem('input.invalid', '上传没有完成或表单不完整，请重新选择文件后再上传');
    throw error;
  }
}

async function partsOf(request: FastifyRequest, kit: Kit): Promise<{ fields: Record<string, string>; uploads: Upload[] }> {
  const fields: Record<string, string> = Object.create(null);
  const uploads: Upload[] = [];
  for await (const part of request.parts({ limits: { files: MOST_FILES, fields: 30, fieldSize: 20_000, fileSize: UPLOAD_LIMIT_BYTES + 1 } })) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    else uploads.push(await kit.files.put(part.file, { name: part.filename, mediaType: part.mimetype, limitBytes: UPLOAD_LIMIT_BYTES }));
  }
  return { fields, uploads };
}
