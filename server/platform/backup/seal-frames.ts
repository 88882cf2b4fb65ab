import { createCipheriv } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { chained, chainStart, FRAME_BYTES, LAST, nonceOf, type Seal } from './container.ts';

/** 封装: turns a stream of bytes into header and sealed frames. Holds one frame in memory. */
export class SealFrames extends Transform {
  readonly #seal: Seal;
  #waiting: Buffer[] = [];
  #held = 0;
  #number = 0;
  #chain: Buffer;

  constructor(seal: Seal) {
    super();
    this.#seal = seal;
    this.#chain = chainStart(seal.header);
    this.push(seal.header);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback): void {
    this.#waiting.push(chunk);
    this.#held += chunk.length;
    // A full frame leaves only when more has come after it: the last one must be known to be the last.
    while (this.#held > FRAME_BYTES) this.#leave(FRAME_BYTES, false);
    next();
  }

  override _flush(next: TransformCallback): void {
    this.#leave(this.#held, true);
    next();
  }

  #leave(bytes: number, isLast: boolean): void {
    const all = Buffer.concat(this.#waiting);
    const [payload, rest] = [all.subarray(0, bytes), all.subarray(bytes)];
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#held = rest.length;
    const length = Buffer.alloc(4);
    length.writeUInt32BE((bytes + (isLast ? LAST : 0)) >>> 0);
    for (const part of this.#sealed(length, payload)) this.push(part);
    this.#number += 1;
  }

  #sealed(length: Buffer, payload: Buffer): readonly Buffer[] {
    const { key, header } = this.#seal;
    if (key === null) {
      this.#chain = chained(this.#chain, length, payload);
      return [length, payload, this.#chain];
    }
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(this.#number), { authTagLength: 16 });
    cipher.setAAD(Buffer.concat([header, length]));
    const body = cipher.update(payload);
    cipher.final();
    return [length, body, cipher.getAuthTag()];
  }
}
