import { openZip } from '../zip.ts';
import type { WorkbookLimits } from '../limits.ts';
import { WorkbookRefusal } from '../refusal.ts';

/** 工作簿部件: all parts of an .xlsx in their order, and which part is which sheet. */
export interface XlsxParts {
  readonly parts: Map<string, Buffer>;
  readonly workbook: string;
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
}

/** 读出全部部件. @throws WorkbookRefusal broken-zip, zip-bomb, broken-workbook */
export async function readParts(path: string, limits: WorkbookLimits): Promise<XlsxParts> {
  const zip = await openZip(path, limits);
  try {
    const parts = new Map<string, Buffer>();
    for (const name of zip.names) {
      if (name.endsWith('/')) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of zip.open(name)) chunks.push(chunk);
      parts.set(name, Buffer.concat(chunks));
    }
    const workbook = [...parts.keys()].find((name) => /(^|\/)workbook\.xml$/i.test(name)) ?? missing();
    return { parts, workbook, sheets: sheetsOf(parts, workbook) };
  } finally {
    zip.close();
  }
}

const missing = (): never => { throw new WorkbookRefusal('broken-workbook'); };

/** 部件文字. @throws WorkbookRefusal broken-workbook when absent */
export const textOf = (parts: ReadonlyMap<string, Buffer>, name: string): string => (parts.get(name) ?? missing()).toString('utf8').replace(/^\ufeff/, '');

/** 部件的关系: id → path from the root, and the type's last word. */
export function relationsOf(parts: ReadonlyMap<string, Buffer>, part: string): Map<string, { readonly target: string; readonly type: string }> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/')) : '';
  const file = `${folder === '' ? '' : `${folder}/`}_rels/${part.slice(part.lastIndexOf('/') + 1)}.rels`;
  const text = parts.get(file)?.toString('utf8') ?? '';
  return new Map([...text.matchAll(/<(?:\w+:)?Relationship\b([^>]*?)\/?>/g)].map(([, attributes = '']) => [
    attributeOf(attributes, 'Id'), { target: resolved(folder, attributeOf(attributes, 'Target')), type: attributeOf(attributes, 'Type').split('/').at(-1) ?? '' },
  ]));
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function sheetsOf(parts: ReadonlyMap<string, Buffer>, workbook: string): XlsxParts['sheets'] {
  const relations = relationsOf(parts, workbook);
  return [...textOf(parts, workbook).matchAll(/<(?:\w+:)?sheet\b([^>]*?)\/?>/g)].flatMap(([, attributes = '']) => {
    const relation = relations.get(attributeOf(attributes, '(?:\\w+:)id'));
    return relation === undefined ? [] : [{ name: unescaped(attributeOf(attributes, 'name')), part: relation.target }];
  });
}

/** 属性值: of a tag's attributes; empty when absent. `name` is a pattern. */
export function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2] ?? '';
}

/** 文字转义 for element content and attributes; characters that XML cannot hold are left out. */
export function escaped(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** 还原转义. */
export function unescaped(text: string): string {
  return text.replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))).replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}
