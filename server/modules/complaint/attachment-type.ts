/** 附件的类型, by the first bytes: what a file says of itself in its name is not believed. */
export const attachmentTypes = [{ magic: '%PDF-', mediaType: 'application/pdf', ends: ['.pdf'] }, { magic: '\u0089PNG\r\n', mediaType: 'image/png', ends: ['.png'] }, { magic: '\u00ff\u00d8\u00ff', mediaType: 'image/jpeg', ends: ['.jpg', '.jpeg'] }] as const;

/** 认附件 by its first eight bytes as latin1; undefined where it is neither a PDF nor a picture. */
export const typeOfHead = (head: string) => attachmentTypes.find(({ magic }) => head.startsWith(magic));
/** 扩展名与内容是否一致. */
export const isNamedAs = (name: string, { ends }: (typeof attachmentTypes)[number]): boolean => ends.some((end) => name.toLowerCase().endsWith(end));

/** 一个附件的上限, bytes. */
export const MOST_BYTES = 20 * 1_048_576;
