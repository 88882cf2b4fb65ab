import { framesOf, skeletonOf } from './skeleton.ts';

/** What a line may keep as it is, and how it must look: numbers and names of ours. */
const KEPT: Readonly<Record<string, RegExp>> = {
  level: /^\d{2}$/, time: /^[\dT:.Z-]{10,30}$/, reqId: /^[\w-]{1,60}$/, requestId: /^[0-9a-z-]{1,60}$/, method: /^[A-Z]{3,7}$/, route: /^\/[\w/:*.-]*$/, status: /^\d{3}$/, ms: /^\d{1,9}$/, rows: /^\d{1,9}$/,
  statement: /^s[\w-]{20}$/, at: /^[a-z]{1,20}$|^[\dT:.Z-]{10,30}$/, pid: /^\d{1,10}$/, code: /^[A-Z0-9_]{1,40}$/,
};
/** Messages that our own program writes, word for word. */
const MESSAGES = new Set(['request', 'request failed', 'started', 'stopped', 'slow statement', '日志写不进文件，改为输出到屏幕']);

/** 日志行去除个人信息: one line of ours with what can be nobody's data; null for a line that is not JSON. */
export function scrubLine(line: string, isOurs: (name: string) => boolean): Record<string, unknown> | null {
  const read = objectIn(line);
  if (read === null) return null;
  const kept = Object.entries(read).flatMap(([key, value]) => (KEPT[key]?.test(String(value)) === true ? [[key, value]] : []));
  const message = textIn(read, 'msg');
  const error: unknown = Reflect.get(read, 'err');
  return {
    ...Object.fromEntries(kept),
    ...(message === '' ? {} : { msg: MESSAGES.has(message) ? message : skeletonOf(message, isOurs) }),
    ...(typeof error === 'object' && error !== null ? { err: scrubError(error, isOurs) } : {}),
  };
}

const scrubError = (error: object, isOurs: (name: string) => boolean) => ({
  code: /^[A-Z0-9_]{1,40}$/.exec(textIn(error, 'code'))?.[0] ?? '', message: skeletonOf(textIn(error, 'message'), isOurs), frames: framesOf(textIn(error, 'stack')),
});

function textIn(of: object, key: string): string {
  const value: unknown = Reflect.get(of, key);
  return typeof value === 'string' ? value : '';
}

function objectIn(line: string): object | null {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? read : null;
  } catch {
    return null;
  }
}
