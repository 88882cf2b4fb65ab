import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is thrown away of a request that is too large before the connection is broken off: a little more than the largest upload. */
const MOST_READ = 64 * 1_048_576;

/**
 * 读完再关: what is left of a refused request is read and thrown away, and the connection stays.
 *
 * Closed with bytes unread it would be reset, and a proxy that is still sending would tell its visitor 502 instead of our answer.
 */
export function readOut(request: FastifyRequest, reply: FastifyReply): void {
  void reply.removeHeader('connection');
  let left = MOST_READ;
  // The parser of forms may have paused it, waiting for somebody who takes the file: nobody does any more.
  request.raw.unpipe();
  request.raw.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) request.raw.destroy();
  });
  request.raw.resume();
}
