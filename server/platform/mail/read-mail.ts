import { open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Upload } from '../files/store.ts';
import { Problem } from '../problem.ts';
import type { MailMessage, MailTask } from './mail-worker.ts';

/** 信的附件. `head`: its first eight bytes; `bytes` only where they were asked for. */
export interface MailFile { readonly name: string; readonly sizeBytes: number; readonly head: string; readonly bytes: Uint8Array | null }
/** 一封信, as texts. `mark` is the same for the same letter: of its Message-ID, or of all of it where it has none. */
export interface Mail { readonly name: string; readonly address: string; readonly subject: string; readonly text: string; readonly files: readonly MailFile[]; readonly sentMs: number | null; readonly receivedMs: number | null; readonly mark: string; /** The letters it replies to, as they call themselves, without brackets. */ readonly references: readonly string[] }
export type MailFault = 'no-mail' | 'too-deep' | 'too-many' | 'too-slow' | 'too-large';
/** 没有读成: which fault, and what is wrong and what to do. `other-kind`: no letter at all but another kind of file. */
export interface MailRefusal { readonly fault: MailFault | 'empty' | 'other-kind'; readonly words: string }

/** 读信上限: bytes of the letter, heap of the thread in MB, and the longest it may take in ms. */
export interface MailLimits { readonly bytes: number; readonly heapMb: number; readonly wholeMs: number }
export const mailLimits: MailLimits = { bytes: 25 * 1_048_576, heapMb: 256, wholeMs: 20_000 };

const SAVE_AS = '请在网页邮箱或邮件程序里打开那封信，用“导出”“下载邮件”或“另存为”保存成 .eml 文件，再选那个文件';
const OTHER: readonly (readonly [magic: string, words: string])[] = [
  ['\u00d0\u00cf\u0011\u00e0', `这是 Outlook 的 .msg 文件，读不了。${SAVE_AS}；只有旧版 Outlook 的，可以把信作为附件转发到网页邮箱，从那里导出`],
  ['PK\u0003\u0004', `这是压缩包或者 Office 文件，不是邮件。${SAVE_AS}`], ['%PDF-', `这是 PDF 文件，不是邮件；来信是 PDF 的，请直接登记后作为附件上传`],
  ['\u0089PNG', `这是图片，不是邮件；请直接登记后作为附件上传`], ['\u00ff\u00d8\u00ff', `这是图片，不是邮件；请直接登记后作为附件上传`],
];
const faults: Readonly<Record<MailFault, string>> = {
  'no-mail': `里没有邮件的信头（发件人、日期），不是一封邮件。${SAVE_AS}`, 'too-deep': '的结构套得太深或者信头太长，不像正常的来信，没有读取；请打开核对，确有内容的，手工登记', 'too-many': '的附件太多（超过200个），没有读取；请打开核对后手工登记',
  'too-slow': '太复杂，读了20秒还没有读完，没有读取；请打开核对后手工登记', 'too-large': '超过 25 MB，没有读取；请手工登记，附件另行上传',
};

/** 读一封信 (.eml), in a thread of its own: what breaks the reader breaks nothing else. @returns the refusal where it cannot be read */
export async function tryMail({ path, name, sizeBytes }: Pick<Upload, 'path' | 'name' | 'sizeBytes'>, withFiles = false, limits: MailLimits = mailLimits): Promise<Mail | MailRefusal> {
  if (sizeBytes === 0) return { fault: 'empty', words: `“${name}”是空文件，请重新保存后再选` };
  if (sizeBytes > limits.bytes) return { fault: 'too-large', words: `“${name}”${faults['too-large']}` };
  const head = await headOf(path);
  const other = OTHER.find(([magic]) => head.startsWith(magic));
  if (other !== undefined) return { fault: 'other-kind', words: `“${name}”不能读取：${other[1]}` };
  const found = await inThread({ path, withFiles }, limits);
  return typeof found === 'string' ? { fault: found, words: `“${name}”${faults[found]}` } : found;
}

/** 读一封信. @throws Problem input.invalid, input.too-large, saying what is wrong and what to do */
export async function readMail(upload: Pick<Upload, 'path' | 'name' | 'sizeBytes'>, withFiles = false, limits: MailLimits = mailLimits): Promise<Mail> {
  const found = await tryMail(upload, withFiles, limits);
  if ('fault' in found) throw new Problem(found.fault === 'too-large' ? 'input.too-large' : 'input.invalid', found.words);
  return found;
}

function inThread(task: MailTask, { heapMb, wholeMs }: MailLimits): Promise<Mail | MailFault> {
  const worker = new Worker(new URL('mail-worker.ts', import.meta.url), { workerData: task, execArgv: [], stderr: true, stdout: true, resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 } });
  return new Promise<Mail | MailFault>((resolve) => {
    const late = setTimeout(() => resolve('too-slow'), wholeMs);
    const settle = (found: Mail | MailFault) => { clearTimeout(late); resolve(found); };
    worker.on('message', ({ found }: MailMessage) => settle(found));
    worker.on('error', (error) => settle('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-slow' : 'no-mail'));
    worker.on('exit', () => settle('no-mail'));   // harmless once the letter was told
  }).finally(() => worker.terminate());
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(8);
    const { bytesRead } = await file.read(head, 0, 8, 0);
    return head.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
