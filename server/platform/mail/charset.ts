import { decodeText } from '../workbook/decode-text.ts';

/** 乱码的程度: signs that stand for what could not be read, and runs of western letters where two bytes were one character. */
export const garbled = (text: string): number => (text.match(/\ufffd|[\u0080-\u00ff]{4,}/gu) ?? []).reduce((sum, piece) => sum + piece.length, 0);

const HEAD_END = /\r?\n\r?\n/;

/** 换一种编码的邮件: the same bytes, each part declared to be written so; a head written in plain characters becomes UTF-8. */
export function declaredAs(bytes: Buffer, charset: 'utf-8' | 'gb18030'): Buffer {
  const whole = bytes.toString('latin1')
    .replaceAll(/charset\s{0,4}=\s{0,4}(?:"[^"\r\n]{0,40}"|[\w.:-]{1,40})/gi, `charset="${charset}"`)
    .replaceAll(/=\?[\w.-]{1,40}\?([bq])\?/gi, `=?${charset}?$1?`)
    .replaceAll(/^(content-type:[ \t]{0,4}text\/(?:plain|html))[ \t;]{0,4}(?=\r?\n[^ \t])/gim, `$1; charset="${charset}"`);
  const end = HEAD_END.exec(whole)?.index ?? whole.length;
  const head = decodeText(Buffer.from(whole.slice(0, end), 'latin1'));
  const declared = /^content-type:/im.test(head) ? head : `${head}\r\nContent-Type: text/plain; charset="${charset}"`;
  return Buffer.concat([Buffer.from(declared), Buffer.from(whole.slice(end), 'latin1')]);
}
