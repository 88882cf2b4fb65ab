const LONGEST = 1_280;
const QUALITY = 0.72;

/** 缩小照片: a JPEG of at most 1280 points a side as base64, drawn anew, so that place and time which the camera wrote beside it stay on the telephone. @throws Error for what the browser cannot draw */
export async function smallPhoto(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const [, base64 = ''] = canvas.toDataURL('image/jpeg', QUALITY).split(',');
  if (base64 === '') throw new Error('the picture could not be drawn');
  return base64;
}
