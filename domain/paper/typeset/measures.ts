/** 毫米换算: PDF points in a millimetre. */
export const MM = 72 / 25.4;

/** 版面尺寸 of GB/T 9704-2012, in millimetres: A4, 天头 37, 订口 28, 版心 156 × 225, 22 lines of 28 characters. */
export const page = { width: 210, height: 297, top: 37, left: 28, textWidth: 156, textHeight: 225, lines: 22, chars: 28 } as const;

/** 字号, in points. */
export const size = { two: 22, three: 16, four: 14, smallFour: 12 } as const;

/** 行距 and 字距 (advance of a full-width character) of the body, in millimetres. */
export const linePitch = page.textHeight / page.lines;
export const charPitch = page.textWidth / page.chars;

/** 版头 in millimetres: 发文机关标志 and the lines of both red formats. */
export const documentHead = { markTop: page.top + 35, lineGap: 4, lineWidth: page.textWidth } as const;
export const letterHead = { markTop: 30, lineGap: 4, lineWidth: 170, footLine: 20 } as const;
/** 页码: 4号, seven millimetres below the text area. */
export const pageNumberDrop = 7;
/** 红色: of the mark and the lines. */
export const RED = '#E60012';
