import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import PostalMime, { type Email } from 'postal-mime';
import { textOfHtml } from './html-text.ts';
import { declaredAs, garbled } from './charset.ts';
import type { Mail, MailFault, MailFile } from './read-mail.ts';

/** 读取任务: what the thread is started with. */
export interface MailTask { readonly path: string; readonly withFiles: boolean }
/** 读取消息: the one thing it sends. */
export interface MailMessage { readonly found: Mail | MailFault }

/** A real letter nests three or four deep and has a few dozen lines of head. */
const limits = { maxNestingDepth: 20, maxHeadersSize: 512 * 1_024, maxRfc822NestingDepth: 3 };
const MOST_PARTS = 200;

async function mailIn({ path, withFiles }: MailTask): Promise<Mail | MailFault> {
  const bytes = await readFile(path);
  const mail = await readable(bytes);
  const keys = new Set(mail.headers.map(({ key }) => key));
  if (!keys.has('from') && !keys.has('date') && !keys.has('message-id') && !keys.has('received')) return 'no-mail';
  if (mail.attachments.length > MOST_PARTS) return 'too-many';
  const from = mail.from?.group?.[0] ?? mail.from;
  const { name, address } = { name: from?.name ?? '', address: from?.address ?? '' };
  const text = mail.text !== undefined && mail.text.trim() !== '' ? mail.text : textOfHtml(mail.html ?? '');
  const files = mail.attachments.map((part): MailFile => {
    const content = typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content);
    return { name: clean(part.filename ?? '').slice(0, 200), sizeBytes: content.byteLength, head: Buffer.from(content.slice(0, 8)).toString('latin1'), bytes: withFiles ? content : null };
  });
  const id = mail.headers.find(({ key }) => key === 'message-id')?.value.trim() ?? '';
  return {
    name: clean(name).replaceAll(/\s+/g, ' ').trim(), address: clean(address).trim().toLowerCase(), subject: clean(mail.subject ?? '').replaceAll(/\s+/g, ' ').trim(), text: paragraphs(clean(text)), files,
    sentMs: msOf(mail.date), receivedMs: receivedMs(mail), mark: createHash('sha256').update(id === '' ? bytes : `message-id:${id}`).digest('hex'), references: referencesOf(mail),
  };
}

/** As it says itself what its signs mean; where that comes out as rubbish, as the two ways in which offices write. */
async function readable(bytes: Buffer): Promise<Email> {
  let best = await PostalMime.parse(bytes, limits);
  for (const charset of ['utf-8', 'gb18030'] as const) {
    if (badness(best) === 0) return best;
    const other = await PostalMime.parse(declaredAs(bytes, charset), limits);
    if (badness(other) < badness(best)) best = other;
  }
  return best;
}
const badness = (mail: Email): number => garbled([mail.subject ?? '', mail.from?.name ?? '', mail.text ?? mail.html ?? ''].join('\n'));

/** What our own post office wrote last stands first; the day on which it came, not on which it says it was sent. */
const receivedMs = (mail: Email): number | null => msOf(mail.headers.find(({ key }) => key === 'received')?.value.split(';').at(-1));

/** What it replies to, and the letters before that: each once, the nearest first. */
function referencesOf(mail: Email): string[] {
  const ids = ['in-reply-to', 'references'].flatMap((key) => mail.headers.filter((header) => header.key === key).flatMap(({ value }) => (value.slice(0, 10_000).match(/[^\s<>]{1,200}@[^\s<>]{1,200}/gu) ?? []).toReversed()));
  return [...new Set(ids.map(clean))].slice(0, MOST_REFERENCES);
}
const MOST_REFERENCES = 50;

function msOf(text: string | undefined): number | null {
  const ms = Date.parse((text ?? '').slice(0, 200).replaceAll(/\([^()]*\)/g, ' ').trim());
  return Number.isNaN(ms) ? null : ms;
}

/** Without signs that nobody sees and no table keeps. */
const clean = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu, '');
const paragraphs = (text: string): string => text.split('\n').map((line) => line.trimEnd()).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();

const faultOf = (error: unknown): MailFault => (error instanceof Error && /nesting depth|header size/i.test(error.message) ? 'too-deep' : 'no-mail');

if (parentPort !== null) {
  const port = parentPort;
  const task: MailTask = workerData;
  void mailIn(task).catch(faultOf).then((found) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    port.postMessage({ found } satisfies MailMessage);
    port.close();
  });
}
