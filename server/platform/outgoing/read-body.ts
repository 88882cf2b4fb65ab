import type { IncomingMessage } from 'node:http';

/**
 * 读对方的答复, at most `mostBytes` (included), as they came over the wire; of a longer one nothing is kept and the connection is broken off.
 * @throws the error that `tooLong` makes; whatever broke the connection
 */
export async function readBody(answer: IncomingMessage, mostBytes: number, tooLong: () => Error): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer) {
    // No encoding is set on an answer of ours, so that every piece is bytes.
    if (!Buffer.isBuffer(piece)) throw new TypeError('an answer that was decoded before it was measured');
    bytes += piece.length;
    if (bytes > mostBytes) { answer.destroy(); throw tooLong(); }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
