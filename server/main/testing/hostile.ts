import fc from 'fast-check';
import { z } from 'zod';

interface Json { type?: string | string[]; format?: string; enum?: unknown[]; const?: unknown; anyOf?: Json[]; oneOf?: Json[]; allOf?: Json[]; properties?: Record<string, Json>; required?: string[]; items?: Json; minItems?: number; minLength?: number; maxLength?: number; minimum?: number; maximum?: number; $ref?: string; $defs?: Record<string, Json> }
type Known = Readonly<Record<string, unknown>>;

const NIL = '0199a000-0000-7000-8000-000000000000';
const deep = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

/** 刁难的文字: what breaks a database, a pattern, a path, a page or a sheet. */
const nastyTexts: readonly string[] = [
  '', ' ', '\0', '甲\0乙', '\ud800', '乙\udc00', '\u202e反写\u202c', '👨‍👩‍👧‍👦🀄', '\u200f\u200b\ufeff', "'; drop table x; --", '%', '_', '%_\\', '\\', '../../../../etc/passwd', '..\\..\\c:\\x', '/', '.', '..',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'NaN', 'true', '-1', '1e400', '0x10', '１２３', '9'.repeat(30), '-infinity', 'infinity', '0000-00-00', '0000-01-01', '0001-01-01', '9999-12-31', '10000-01-01', '2026-02-30',
  '2026-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', NIL.toUpperCase(), '{}', '[]', '{"a":1}', '["a","b"]', 'e30', 'bnVsbA', 'WzFd', 'W251bGwsbnVsbF0', '=1+1', '@x', '<script>alert(1)</script>', '${1}', '{{1}}', '%00', '%ff',
];
const nastyNumbers: readonly number[] = [0, -1, 0.5, 1e-7, 1e308, -1e308, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53)];
const nastyShapes: readonly unknown[] = [null, true, [], {}, [null], ['a', 'a'], deep(500), { ['__proto__' as string]: { admin: true } }, JSON.parse('{"constructor":{"prototype":{"admin":true}}}'), { length: 1e9 }, { toString: 1 }];
/** A megabyte of one letter. */
const megabyte = '長'.repeat(350_000);

const dates = ['1900-01-01', '1949-10-01', '2026-01-05', '2026-12-31', '2199-12-31'];
const nastyDates = ['0000-01-01', '0001-01-01', '1582-10-10', '9999-12-31', '0000-00-00', '2026-02-30', '-infinity', 'infinity', 'today'];

/** 合规的值: what the contract lets in, its edges included; `known` fills fields by name so that requests reach real rows. */
export function validValues(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const root: Json = jsonOf(schema);
  return valid(root, root, known, '', 0);
}

/** The JSON schema that OpenAPI shows for this part of a route. */
const jsonOf = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;

function valid(json: Json, root: Json, known: Known, name: string, depth: number): fc.Arbitrary<unknown> {
  if (known[name] !== undefined) return fc.constant(known[name]);
  if (json.$ref) return valid(root.$defs?.[json.$ref.replace('#/$defs/', '')] ?? {}, root, known, name, depth);
  if (json.const !== undefined) return fc.constant(json.const);
  if (json.enum) return fc.constantFrom(...json.enum);
  const choices = json.anyOf ?? json.oneOf ?? json.allOf;
  if (choices) return fc.oneof(...choices.map((each) => valid(each, root, known, name, depth + 1)));
  switch (Array.isArray(json.type) ? json.type[0] : json.type) {
    case 'object': return fc.record(Object.fromEntries(Object.entries(json.properties ?? {}).map(([key, each]) => [key, valid(each, root, known, key, depth + 1)])), { requiredKeys: json.required ?? [] });
    case 'array': return fc.array(valid(json.items ?? {}, root, known, name, depth + 1), { minLength: json.minItems ?? 0, maxLength: (json.minItems ?? 0) + 2 });
    case 'integer': case 'number': return validNumber(json);
    case 'boolean': return fc.boolean();
    case 'string': return validText(json);
    default: return fc.constantFrom<unknown>(null, 'x', 1, []);
  }
}

function validNumber({ minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 }: Json): fc.Arbitrary<number> {
  return fc.constantFrom(minimum, maximum, ...[0, 1, 2026, 2 ** 31].filter((each) => each >= minimum && each <= maximum));
}

function validText({ format, minLength = 0, maxLength = 60 }: Json): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.constant(NIL);
  if (format === 'date') return fc.constantFrom(...dates);
  if (format === 'date-time') return fc.constantFrom('2026-01-05T00:00:00.000Z', '1900-01-01T00:00:00Z');
  return fc.constantFrom('测试', '甲'.repeat(maxLength), '测'.repeat(minLength), ...nastyTexts.filter((each) => each.length >= minLength && each.length <= maxLength).slice(0, 30));
}

/** 刁难的值: anything at all. */
const nastyValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...nastyTexts) }, { weight: 2, arbitrary: fc.constantFrom<unknown>(...nastyNumbers) }, { weight: 2, arbitrary: fc.constantFrom(...nastyShapes) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...nastyDates) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** 几乎合规: a valid value in which one spot holds something else. */
export function spoiled(of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(of, fc.nat(), nastyValues).map(([value, at, nasty]) => {
    const spots = spotsOf(value);
    const spot = spots[at % Math.max(1, spots.length)];
    return spot === undefined ? nasty : put(value, spot, nasty);
  });
}

type Spot = readonly (string | number)[];

/** Every place inside a value, leaves and branches. */
export function spotsOf(value: unknown, above: Spot = []): Spot[] {
  const inside = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return inside.flatMap(([key, each]) => [[...above, key], ...spotsOf(each, [...above, key])]);
}

/** The value with another one in that place. */
export function put(value: unknown, [key, ...rest]: Spot, nasty: unknown): unknown {
  if (key === undefined) return nasty;
  if (Array.isArray(value)) return value.map((each: unknown, index) => (index === key ? put(each, rest, nasty) : each));
  if (typeof value !== 'object' || value === null) return nasty;
  return Object.fromEntries(Object.entries(value).map(([each, inner]) => [each, each === key ? put(inner, rest, nasty) : inner]));
}

/** For every place, what is most likely to get through the first check and break what comes after it. */
export function sharpFor(current: unknown): readonly unknown[] {
  if (typeof current === 'number') return [2 ** 31, 2 ** 53 - 1, -1, 0.5, 1e308, '1', null, [1]];
  if (typeof current === 'string') return /^\d{4}-\d\d-\d\d/.test(current) ? [...nastyDates, '\0', 5, null] : ['\0', 'a\ud800', '%_\\', megabyte, '', 7, null, ['x'], { a: 1 }, '\u202e👨‍👩‍👧'];
  return [null, 'x', 1, {}, []];
}
