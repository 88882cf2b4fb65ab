import { Readable } from 'node:stream';
import type { FileStore, Upload } from '#platform/files/store.ts';
import { Problem } from '#platform/problem.ts';

const MOST_BYTES = 1_200_000;
const REFUSED = '照片不能使用，请换一张 .jpg 照片，或不附照片提交';

/** 收下照片: a JPEG by its bytes, without what a camera writes beside the picture (place, time, device), belonging to nothing yet. @throws Problem input.invalid, input.too-large */
export function keepPhoto(files: FileStore, base64: string): Promise<Upload> {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MOST_BYTES) throw new Problem('input.too-large', '照片太大，请换一张，或不附照片提交');
  return files.put(Readable.from([withoutNotes(bytes)]), { name: '现场照片.jpg', mediaType: 'image/jpeg', limitBytes: MOST_BYTES });
}

/** 去掉附记: the picture with the segments that draw it and none of the others (APPn, comments). @throws Problem input.invalid for what is no JPEG from its first marker to its last */
export function withoutNotes(bytes: Buffer): Buffer {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) throw new Problem('input.invalid', REFUSED);
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    if (marker < 0xffc0 || length < 2 || at + 2 + length > bytes.length) break;
    // The scan: from here on it is the picture itself, to the end.
    if (marker === 0xffda) return Buffer.concat([...kept, bytes.subarray(at)]);
    if (!isNote(marker)) kept.push(bytes.subarray(at, at + 2 + length));
    at += 2 + length;
  }
  throw new Problem('input.invalid', REFUSED);
}

/** APP1 to APP15 and comments; APP0 (JFIF) says how the picture's points are to be taken. */
const isNote = (marker: number): boolean => (marker >= 0xffe1 && marker <= 0xffef) || marker === 0xfffe;
