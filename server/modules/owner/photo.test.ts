import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { withoutNotes } from './photo.ts';

const segment = (marker: number, body: Uint8Array): Buffer => { const head = Buffer.alloc(4); head.writeUInt16BE(marker, 0); head.writeUInt16BE(body.length + 2, 2); return Buffer.concat([head, body]); };
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const tables = segment(0xffdb, Buffer.alloc(65, 1));
const scan = Buffer.concat([segment(0xffda, Buffer.alloc(8, 2)), Buffer.from([1, 2, 3, 0xff, 0x00, 4])]);

describe('a photo from a stranger’s telephone', () => {
  test('loses whatever the camera wrote beside the picture, wherever it stands, and nothing of the picture', () => {
    const notes = fc.array(fc.record({ marker: fc.constantFrom(0xffe1, 0xffe2, 0xffed, 0xffef, 0xfffe), body: fc.uint8Array({ maxLength: 200 }) }), { maxLength: 5 });
    fc.assert(fc.property(notes, notes, (before, after) => {
      const written = [...before, ...after].map(({ marker, body }) => segment(marker, body));
      const given = Buffer.concat([START, ...written.slice(0, before.length), tables, ...written.slice(before.length), scan, END]);
      expect(withoutNotes(given).equals(Buffer.concat([START, tables, scan, END]))).toBe(true);
    }));
    const gps = Buffer.concat([START, segment(0xffe1, Buffer.from('Exif\0\0GPS 31.2,121.5')), tables, scan, END]);
    expect([gps.includes('GPS'), withoutNotes(gps).includes('GPS')]).toEqual([true, false]);
  });

  test('is refused when it is no picture, whatever it calls itself', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { expect(() => withoutNotes(Buffer.from(bytes))).toThrow(Problem); }));
    const cut = Buffer.concat([START, tables, END]);
    for (const wrong of [Buffer.from('<svg onload=alert(1)>'), Buffer.from('%PDF-1.7'), Buffer.alloc(0), cut, Buffer.concat([START, Buffer.from([0xff, 0xe1, 0xff, 0xff]), END])]) expect(() => withoutNotes(wrong)).toThrow(Problem);
  });
});
