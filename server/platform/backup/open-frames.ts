import { createDecipheriv } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { chained, chainStart, damaged, FRAME_BYTES, HEADER_BYTES, LAST, nonceOf, openSeal, type Seal } from './container.ts';

/** 拆封: the bytes sealed in an open file, frame by frame, each checked before it is handed on. @throws Problem backup.refused */
export async function* openFrames(file: FileHandle, passphrase: string | null, name: string): AsyncGenerator<Buffer, void, void> {
  const read = reader(file);
  const seal = await openSeal(await read(HEADER_BYTES), passphrase, name);
  let chain = chainStart(seal.header);
  const tagBytes = seal.key === null ? 32 : 16;
  for (let number = 0; ; number += 1) {
    const length = await read(4);
    if (length.length < 4) throw damaged(name);
    const isLast = length.readUInt32BE() >= LAST;
    const bytes = length.readUInt32BE() % LAST;
    // Never more than a frame is believed: a changed length must not cost memory.
    if (bytes > FRAME_BYTES) throw damaged(name);
    const rest = await read(bytes + tagBytes);
    if (rest.length < bytes + tagBytes) throw damaged(name);
    const [body, tag] = [rest.subarray(0, bytes), rest.subarray(bytes)];
    if (seal.key === null) {
      chain = chained(chain, length, body);
      if (!chain.equals(tag)) throw damaged(name);
      yield body;
    } else yield deciphered(seal, { number, length, body, tag }, name);
    if (!isLast) continue;
    if ((await read(1)).length > 0) throw damaged(name);
    return;
  }
}

function deciphered({ key, header }: Seal, { number, length, body, tag }: { number: number; length: Buffer; body: Buffer; tag: Buffer }, name: string): Buffer {
  if (key === null) throw new Error('a plain archive has nothing to decipher');
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([header, length]));
  decipher.setAuthTag(tag);
  const plain = decipher.update(body);
  try {
    decipher.final();
  } catch (error) {
    throw Object.assign(damaged(name), { cause: error });
  }
  return plain;
}

/** Reads so many bytes on, fewer only at the end of the file. */
function reader(file: FileHandle): (bytes: number) => Promise<Buffer> {
  return async (bytes) => {
    const into = Buffer.alloc(bytes);
    let got = 0;
    while (got < bytes) {
      const { bytesRead } = await file.read(into, got, bytes - got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return into.subarray(0, got);
  };
}
