import { z } from 'zod';
import { plainLabel } from './labels.ts';

/** 字段种类: how a value of the wire is typed in and shown. */
export type FieldKind =
  | 'text' | 'long-text' | 'date' | 'instant' | 'money' | 'area' | 'percent' | 'number' | 'choice' | 'flag'
  | 'id' | 'reference' | 'list' | 'other';

/** 字段说明: what the contract's schema says of one field. */
export interface FieldFact {
  readonly name: string;
  /** 中文 label from `.meta({ title })`; the bare name shows a forgotten title at once. */
  readonly title: string;
  readonly kind: FieldKind;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly maxLength: number | undefined;
  /** Value → 中文, of a closed list. */
  readonly choices: Readonly<Record<string, string>>;
}

type Node = z.core.JSONSchema.BaseSchema;
const known = new WeakMap<z.ZodType, readonly FieldFact[]>();
const labels = z.record(z.string(), z.string());

/** 字段表: the fields of an object schema, in their order, drawn from the contract once. Empty when it is no object. */
export function fieldsOf(schema: z.ZodType): readonly FieldFact[] {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const definitions = root.$defs ?? {};
  const object = resolve(root, definitions);
  const required = new Set(object.required ?? []);
  const facts = Object.entries(object.properties ?? {}).flatMap(([name, node]) =>
    typeof node === 'boolean' ? [] : [factOf(name, node, required.has(name), definitions)]);
  known.set(schema, facts);
  return facts;
}

/** 字段说明(按名称). @throws Error when the schema has no such field, which is a programming mistake */
export function fieldOf(schema: z.ZodType, name: string): FieldFact {
  const fact = fieldsOf(schema).find((one) => one.name === name);
  if (fact === undefined) throw new Error(`the schema has no field ${name}`);
  return fact;
}

function factOf(name: string, node: Node, isRequired: boolean, definitions: Record<string, unknown>): FieldFact {
  const own = resolve(node, definitions);
  const isNull = (one: Node) => one.type === 'null';
  const options = (own.anyOf ?? []).flatMap((one) => (typeof one === 'boolean' ? [] : [resolve(one, definitions)]));
  const isNullable = options.some(isNull) || (Array.isArray(own.type) && own.type.includes('null'));
  const inner = options.find((one) => !isNull(one)) ?? own;
  const choices = choicesOf(inner);
  const kind = kindOf(name, inner, choices);
  return {
    name, isRequired, isNullable, choices, kind,
    title: titleOf(own.title ?? inner.title ?? name, kind),
    maxLength: inner.maxLength,
  };
}

/** Money travels in fen and is shown in yuan. */
function titleOf(title: string, kind: FieldKind): string {
  return kind === 'money' ? title.replace('分/', '元/') : title;
}

function kindOf(name: string, node: Node, choices: Readonly<Record<string, string>>): FieldKind {
  const type = Array.isArray(node.type) ? node.type.find((one) => one !== 'null') : node.type;
  if (type === 'boolean') return 'flag';
  if (Object.keys(choices).join() === 'true,false') return 'flag';
  if (Object.keys(choices).length > 0) return 'choice';
  if (type === 'array') return 'list';
  if (type === 'object') return node.properties !== undefined && 'name' in node.properties ? 'reference' : 'other';
  if (type === 'integer' || type === 'number') return numberKind(name);
  if (node.format === 'uuid') return 'id';
  if (node.format === 'date') return 'date';
  if (node.format === 'date-time') return 'instant';
  return type === 'string' && (node.maxLength ?? 0) >= 200 && !name.toLowerCase().includes('address') ? 'long-text' : type === 'string' ? 'text' : 'other';
}

function numberKind(name: string): FieldKind {
  if (/Fen/.test(name)) return 'money';
  if (/Cm2$/.test(name)) return 'area';
  return /Bp$/.test(name) ? 'percent' : 'number';
}

function choicesOf(node: Node): Readonly<Record<string, string>> {
  const words = labels.safeParse(node['x-labels']);
  const values = (node.enum ?? []).filter((one) => typeof one === 'string');
  return Object.fromEntries(values.map((value) => [value, (words.success ? words.data[value] : undefined) ?? plainLabel(value)]));
}

function resolve(node: Node, definitions: Record<string, unknown>): Node {
  if (node.$ref === undefined) return node;
  const target = definitions[node.$ref.replace('#/$defs/', '')];
  return isNode(target) ? { ...target, ...(node.title === undefined ? {} : { title: node.title }) } : node;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
