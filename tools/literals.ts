import { parseSync } from 'vite';

/** 字面量: one text of a program as it stands there. In a template each `${…}` is replaced by the same number of `HOLE`s, so that offsets hold. */
export interface Literal { readonly at: number; readonly text: string }

/** Stands for what a template puts in: neither Chinese nor punctuation. */
export const HOLE = '\u{E000}';

const isNode = (value: unknown): value is Record<string, unknown> & { type: string; start: number; end: number } => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** 全部字面量 of a TypeScript file: strings, templates and the words of JSX; no comments, no regular expressions. */
export function literalsOf(path: string, source: string): Literal[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? 'cannot be parsed'}`);
  const found: Literal[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) { node.forEach(visit); return; }
    if (!isNode(node)) return;
    const written = () => source.slice(node.start, node.end);
    if (node.type === 'JSXText' || (node.type === 'Literal' && typeof node['value'] === 'string')) found.push({ at: node.start, text: written() });
    if (node.type === 'TemplateLiteral') found.push({ at: node.start, text: holed(written(), node.start, node['expressions']) });
    Object.entries(node).forEach(([key, value]) => { if (key !== 'parent') visit(value); });
  };
  visit(program);
  return found;
}

function holed(written: string, start: number, expressions: unknown): string {
  if (!Array.isArray(expressions)) return written;
  return expressions.filter(isNode).reduce((text, { start: from, end: to }) => text.slice(0, from - start) + HOLE.repeat(to - from) + text.slice(to - start), written)
    .replaceAll(/\$\{\s*(\u{E000}+)\s*\}/gu, (whole) => HOLE.repeat(whole.length));
}
