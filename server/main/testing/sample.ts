import { z } from 'zod';

type Json = { type?: string | string[]; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Json[]; oneOf?: Json[]; allOf?: Json[]; properties?: Record<string, Json>; required?: string[]; items?: Json; minItems?: number; minLength?: number; minimum?: number; exclusiveMinimum?: number; pattern?: string; $ref?: string; $defs?: Record<string, Json>; default?: unknown };

/** 样例输入: the smallest value that a contract schema takes, so that a request of any route gets past validation. `known` fills fields by name. */
export function sampleOf(schema: z.ZodType, known: Readonly<Record<string, unknown>> = {}): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return valueOf(json, json, known, '');
}

function valueOf(json: Json, root: Json, known: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in known) return known[name];
  if (json.$ref) return valueOf(root.$defs?.[json.$ref.replace('#/$defs/', '')] ?? {}, root, known, name);
  if (json.const !== undefined) return json.const;
  if (json.enum) return json.enum[0];
  const choice = (json.anyOf ?? json.oneOf)?.find((each) => each.type !== 'null') ?? json.allOf?.[0];
  if (choice) return valueOf(choice, root, known, name);
  switch (Array.isArray(json.type) ? json.type[0] : json.type) {
    case 'object': return Object.fromEntries((json.required ?? []).map((key) => [key, valueOf(json.properties?.[key] ?? {}, root, known, key)]));
    case 'array': return Array.from({ length: json.minItems ?? 0 }, () => valueOf(json.items ?? {}, root, known, name));
    case 'integer': case 'number': return Math.max(json.minimum ?? 1, 1);
    case 'boolean': return true;
    case 'string': return textOf(json);
    default: return null;
  }
}

function textOf(json: Json): string {
  switch (json.format) {
    case 'uuid': return '0199a000-0000-7000-8000-000000000000';
    case 'date': return '2026-01-05';
    case 'date-time': return '2026-01-05T00:00:00.000Z';
    default: return '测试'.padEnd(json.minLength ?? 0, '测');
  }
}
