import PdfDocument from 'pdfkit';

/** Pixels of a picture that is drawn: one with transparency is unpacked whole. */
const MOST_PIXELS = 24_000_000;

/** 能否画入: a JPEG or PNG that the drawing library opens, and not larger than fits into memory unpacked. */
export function isDrawable(bytes: Uint8Array): boolean {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (pixelsOf(picture) > MOST_PIXELS) return false;
  try {
    const pdf = new PdfDocument({ size: 'A4', autoFirstPage: true });
    pdf.image(picture, 0, 0, { fit: [100, 100] });
    return true;
  } catch {
    return false;
  }
}

/** Pixels by the header; infinite where there is none that is known. */
function pixelsOf(picture: Buffer): number {
  if (picture.length > 24 && picture.readUInt32BE(0) === 0x8950_4E47) return picture.readUInt32BE(16) * picture.readUInt32BE(20);
  for (let at = 2; at + 9 < picture.length && picture[at] === 0xFF;) {
    const marker = picture[at + 1] ?? 0;
    if (marker >= 0xC0 && marker <= 0xCF && marker !== 0xC4 && marker !== 0xC8 && marker !== 0xCC) return picture.readUInt16BE(at + 5) * picture.readUInt16BE(at + 7);
    at += 2 + picture.readUInt16BE(at + 2);
  }
  return Number.POSITIVE_INFINITY;
}
