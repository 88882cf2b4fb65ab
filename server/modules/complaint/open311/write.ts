import type { DoorAnswer } from '#platform/module.ts';

/** Open311 的值: texts, lists of one kind of element, or further values; null is an empty element. */
export type Value = string | null | boolean | readonly Value[] | { readonly [name: string]: Value };
/** 怎样写: the root, and what the elements of each list are called in XML. */
export interface Shape { readonly root: string; readonly items: Readonly<Record<string, string>> }

/** 可写入 XML 的字: what XML 1.0 cannot carry becomes the sign for it, and line ends become the one that every reader keeps. */
export const xmlText = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');

/** 写成 JSON 或 XML, as the address asked. The library is loaded with the first XML. */
export async function written(format: 'json' | 'xml', value: Value, shape: Shape, status = 200): Promise<DoorAnswer> {
  if (format === 'json') return { status, mediaType: 'application/json', body: JSON.stringify(value) };
  return { status, mediaType: 'text/xml', body: await toXml(value, shape) };
}

/** 写成 XML. */
export async function toXml(value: Value, { root, items }: Shape): Promise<string> {
  const { XMLBuilder } = await import('fast-xml-parser');
  const builder = new XMLBuilder({ format: false, processEntities: true, suppressEmptyNode: false, ignoreAttributes: true });
  const plain = (given: Value, name: string): unknown => {
    if (typeof given === 'string') return xmlText(given);
    if (given === null) return '';
    if (typeof given === 'boolean') return String(given);
    if (isList(given)) return { [items[name] ?? 'item']: given.map((each) => plain(each, '')) };
    return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, plain(each, key)]));
  };
  const text: unknown = builder.build({ [root]: plain(value, root) });
  return `<?xml version="1.0" encoding="utf-8"?>${String(text)}`;
}
const isList = (given: Exclude<Value, string | null | boolean>): given is readonly Value[] => Array.isArray(given);
