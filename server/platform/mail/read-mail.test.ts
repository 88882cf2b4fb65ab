import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { textOfHtml } from './html-text.ts';
import { mailLimits, readMail } from './read-mail.ts';
import { bomb, gbk, letter, nested } from './testing/letters.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'read-mail-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));
let made = 0;
async function read(content: Buffer | string, { name = '来信.eml', withFiles = false, limits = mailLimits } = {}) {
  made += 1;
  const path = join(folder, String(made));
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await writeFile(path, bytes);
  return readMail({ path, name, sizeBytes: bytes.length }, withFiles, limits);
}
const refusalOf = async (content: Buffer | string, more = {}) => { const error: unknown = await read(content, more).then(() => null, (refused: unknown) => refused); if (!(error instanceof Problem)) throw new Error(`was not refused: ${String(error)}`); return error.message; };

describe('reading a saved letter', () => {
  test('sender, subject, text, day and attachments are told; the day is that of our post office, not of the sender’s clock', async () => {
    const mail = await read(letter({ files: [{ name: '楼道.png', bytes: Buffer.from('\u0089PNG\r\n\u001a\nx', 'latin1') }, { name: '邀请.ics', type: 'text/calendar', bytes: Buffer.from('BEGIN:VCALENDAR') }] }), { withFiles: true });
    expect(mail).toMatchObject({ name: '秦来访', address: 'qin@mail.example', subject: '三号楼电梯', text: '电梯停了三天，老人下不来。\n\n请尽快修。', sentMs: Date.UTC(2026, 10, 18, 2), receivedMs: Date.UTC(2026, 10, 19, 1, 30) });
    expect(mail.files.map(({ name, head }) => [name, head.slice(0, 4)])).toEqual([['楼道.png', '\u0089PNG'], ['邀请.ics', 'BEGI']]);
    expect(Buffer.from(mail.files[0]?.bytes ?? []).toString('latin1')).toBe('\u0089PNG\r\n\u001a\nx');
  });

  test('the same letter has the same mark however it was saved, another one another; without a Message-ID all of it counts', async () => {
    const [one, again, other] = [await read(letter()), await read(letter({ text: '抄送的另一份' })), await read(letter({ id: '<2@mail.example>' }))];
    expect([again.mark === one.mark, other.mark === one.mark]).toEqual([true, false]);
    const [bare, same, changed] = [await read(letter({ id: null })), await read(letter({ id: null })), await read(letter({ id: null, text: '别的话' }))];
    expect([same.mark === bare.mark, changed.mark === bare.mark]).toEqual([true, false]);
  });

  test('a reply names the letters it replies to, each once, the nearest first', async () => {
    expect((await read(letter({ replyTo: ['<3@county.example>', '<1@mail.example>', '<3@county.example>'] }))).references).toEqual(['3@county.example', '1@mail.example']);
    expect((await read(letter())).references).toEqual([]);
  });

  test('Chinese is read as GBK, GB 2312 or GB 18030, also where the letter says nothing of it or says what is not so', async () => {
    const text = '小区车库长期积水，物业一直不管。';
    for (const charset of ['gbk', 'gb2312', 'gb18030', 'us-ascii', 'utf-8', 'no-such-set', null]) {
      expect(await read(gbk(charset)), String(charset)).toMatchObject({ subject: '车库积水', text, name: '秦来访' });
    }
    expect(await read(letter({ charset: 'gb2312' })), 'UTF-8 under another name').toMatchObject({ text: '电梯停了三天，老人下不来。\n\n请尽快修。' });
  });

  test('a letter that is only a page gives its words and no marks; what is hidden in it is left out', async () => {
    const mail = await read(letter({ type: 'text/html', text: '<html><head><title>t</title><style>p{}</style></head><body><p>第一行&nbsp;&amp;</p><script>alert(1)</script><div>第二行 3 &lt; 5</div><img src=x onerror=alert(1)></body></html>' }));
    expect(mail.text).toBe('第一行 &\n\n第二行 3 < 5');
    expect(await read(letter({ text: '' }))).toMatchObject({ text: '', subject: '三号楼电梯' });
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), /是空文件/], ['an Outlook .msg', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /Outlook 的 \.msg 文件.*\.eml/], ['an archive', Buffer.from('PK\u0003\u0004xxxx'), /压缩包/], ['a PDF', Buffer.from('%PDF-1.7'), /PDF 文件/],
    ['a text', Buffer.from('今天天气很好，没有信头。'), /没有邮件的信头/], ['noise', Buffer.from('00ff00ff00ff00ff00ff', 'hex'), /没有邮件的信头/], ['parts in parts without end', nested(200), /套得太深/], ['a head without end', bomb.head(), /套得太深或者信头太长/], ['a thousand attachments', bomb.parts(1_000), /附件太多/],
  ])('%s is refused in a sentence', async (_what, content, words) => {
    expect(await refusalOf(content)).toMatch(words);
  });

  test('too large and too slow are refused, each with what to do', async () => {
    expect(await refusalOf(letter(), { limits: { ...mailLimits, bytes: 10 } })).toMatch(/超过 25 MB.*手工登记/);
    expect(await refusalOf(letter(), { limits: { ...mailLimits, wholeMs: 0 } })).toMatch(/没有读完.*手工登记/);
  });

  test('whatever is given is read or refused in words, and what is read can be stored', { timeout: 60_000 }, async () => {
    const piece = fc.constantFrom('From: =?gb2312?B?x9jAtLfD?= <a@b.cn>\r\n', 'Subject: =?utf-8?Q?=E4=BD?=\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: text/html; charset=gbk\r\n', '\r\n', '--b\r\n', '--b--\r\n', 'Content-Transfer-Encoding: base64\r\n', 'Date: no day\r\n', '\u0000', '<p>', '&#0;&#xFFFFFFF;', '\ud800');
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 25 }), async (pieces) => {
      const found: unknown = await read(Buffer.from(`Message-ID: <x@y>\r\n${pieces.join('')}`)).catch((error: unknown) => error);
      if (found instanceof Problem) { expect(found.message).toMatch(/[。；，]/u); return; }
      const words = JSON.stringify(found);
      expect(words).toMatch(/^\{"name"/u);
      expect(words).not.toMatch(/\\u0000|\\ud[89a-f]/u);
    }), { numRuns: 15 });
  });

  test('a page of nothing but brackets is read in one pass', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('<', '>', '<!--', '-->', '<style>', '</style', '<p>', '&', 'x', ' '), { maxLength: 200 }), (pieces) => { expect(textOfHtml(pieces.join(''))).not.toMatch(/<p>/u); }));
    expect(textOfHtml('<'.repeat(500_000) + '>').length).toBeGreaterThan(0);
  });
});
