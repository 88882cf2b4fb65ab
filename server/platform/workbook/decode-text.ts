const LOOKED_AT = 4096;
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** 文本解码:text in whatever an office's systems write: with a byte order mark, as UTF-8, or else as what it declares, GB 18030 where it declares nothing. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (UTF8_MARK.every((byte, at) => bytes[at] === byte)) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(declared(bytes)).decode(bytes);
  }
}

function declared(bytes: Buffer): string {
  const name = /(?:charset|encoding)\s*=\s*["']?\s*(big5)/i.exec(bytes.toString('latin1', 0, LOOKED_AT))?.[1];
  return name === undefined ? 'gb18030' : 'big5';
}
