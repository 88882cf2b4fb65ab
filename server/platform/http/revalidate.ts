import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** 可留存但须核对: a copy may be kept by anybody, and is used only after asking whether it still stands. */
export const ASKED_ANEW = 'public, no-cache';

/** 内容标记: weak, because it is packed differently for different browsers. */
export const markOf = (content: string): string => `W/"${createHash('sha256').update(content, 'utf8').digest('base64url').slice(0, 32)}"`;

/** 核对: says that a copy may be kept but is to be asked about; true when the asker's own copy is still the same, which is then all there is to say. */
export function isKeptCopy(request: FastifyRequest, reply: FastifyReply, mark: string): boolean {
  void reply.header('cache-control', ASKED_ANEW).header('etag', mark);
  const kept = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
  return kept.includes(mark);
}
