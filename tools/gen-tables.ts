import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KIT_SCHEMAS = ['platform', 'audit'];

interface Column {
  schema: string; table: string; column: string; type: string; nullable: boolean; defaulted: boolean; identity: boolean;
  comment: string | null; tableComment: string | null; checks: string[]; refers: string | null;
}

const COLUMNS = `
select n.nspname as schema, c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type,
       not a.attnotnull as nullable, a.atthasdef as defaulted, a.attidentity <> '' as identity,
       col_description(c.oid, a.attnum) as comment, obj_description(c.oid, 'pg_class') as "tableComment",
       array(select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as checks,
       (select f.relname from pg_constraint k join pg_class f on f.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] and cardinality(k.confkey) = 1 limit 1) as refers
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
   and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'graphile_worker')
 order by n.nspname, c.relname, a.attnum`;

const pascal = (name: string) => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Ancestor columns are ids of well-known kinds even where no foreign key says so. */
const ANCESTORS: Record<string, string> = {
  county_id: 'OrgUnit', township_id: 'OrgUnit', neighbourhood_id: 'OrgUnit', estate_id: 'Estate', company_id: 'Company',
  batch_id: 'Batch', job_id: 'Job', unit_id: 'Unit', owner_id: 'Owner',
};

function plainType(column: Column): string {
  const list = column.checks.map((check) => /= ANY \(\(?ARRAY\[(.*?)\]/.exec(check)?.[1]).find(Boolean);
  if (list) return [...list.matchAll(/'([^']*)'::text/g)].map(([, value]) => `'${value}'`).join(' | ');
  if (column.type === 'uuid') return uuidType(column);
  if (column.column.endsWith('_fen')) return 'Fen';
  if (column.column.endsWith('_cm2')) return 'AreaCm2';
  if (column.column.endsWith('_bp')) return 'BasisPoints';
  switch (column.type) {
    case 'date': return 'LocalDate';
    case 'date[]': return 'LocalDate[]';
    case 'timestamp with time zone': return 'Instant';
    case 'integer': case 'bigint': return 'number';
    case 'boolean': return 'boolean';
    case 'text[]': return 'string[]';
    case 'uuid[]': return 'string[]';
    case 'integer[]': return 'number[]';
    case 'jsonb': return 'unknown';
    case 'text': return 'string';
    default: throw new Error(`no TypeScript type for ${column.type} of ${column.schema}.${column.table}.${column.column}`);
  }
}

function uuidType(column: Column): string {
  if (column.column === 'id') return `Id<'${pascal(column.table)}'>`;
  const target = column.refers ? pascal(column.refers) : ANCESTORS[column.column];
  return target ? `Id<'${target}'>` : 'string';
}

function columnType(column: Column): string {
  const plain = plainType(column);
  if (column.type === 'jsonb') return column.nullable ? 'Json | null' : column.defaulted ? 'GeneratedJson' : 'Json';
  const full = column.nullable ? `${plain} | null` : plain;
  if (column.identity) return `GeneratedAlways<${full}>`;
  return column.defaulted ? `Generated<${full}>` : full;
}

function tableText(columns: readonly Column[]): string {
  const first = columns[0];
  if (!first) return '';
  const lines = columns.flatMap((column) => [
    ...(column.comment ? [`    /** ${column.comment} */`] : []),
    `    ${camel(column.column)}: ${columnType(column)};`,
  ]);
  return [`  /** ${first.tableComment ?? first.table} */`, `  '${first.schema}.${camel(first.table)}': {`, ...lines, '  };'].join('\n');
}

const group = <T>(items: readonly T[], key: (item: T) => string) => Object.entries(Object.groupBy(items, key)).map(([name, of]): [string, T[]] => [name, of ?? []]);

function schemaText(schema: string, columns: readonly Column[]): string {
  const tables = group(columns, (column) => column.table).map(([, of]) => tableText(of));
  return `export interface ${pascal(schema)}Tables {\n${tables.join('\n')}\n}\n`;
}

function fileText(schemas: readonly (readonly [string, Column[]])[]): string {
  const body = schemas.map(([schema, columns]) => schemaText(schema, columns)).join('\n');
  const brands = ['AreaCm2', 'BasisPoints', 'Fen', 'Id', 'Instant', 'LocalDate'].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const kysely = ['Generated', 'GeneratedAlways'].filter((name) => new RegExp(`\\b${name}<`).test(body));
  const json = /\bJson\b/.test(body) ? "\n/** A jsonb column: read as unknown and checked, written as text. */\ntype Json = ColumnType<unknown, string, string>;\n" : '';
  const generatedJson = body.includes('GeneratedJson') ? "\n/** A jsonb column with a default. */\ntype GeneratedJson = ColumnType<unknown, string | undefined, string>;\n" : '';
  if (json || generatedJson) kysely.unshift('ColumnType');
  return [
    '// Generated by `npm run gen` from the migrated database. Do not edit.',
    ...(brands.length ? [`import type { ${brands.join(', ')} } from '#domain/kernel/brand.ts';`] : []),
    ...(kysely.length ? [`import type { ${kysely.join(', ')} } from 'kysely';`] : []),
    json + generatedJson, body,
  ].join('\n');
}

function dictionaryText(columns: readonly Column[]): string {
  const parts = group(columns, (column) => `${column.schema}.${column.table}`).map(([name, of]) => [
    `## ${name}`, '', of[0]?.tableComment ?? '', '', '| 字段 | 类型 | 可空 | 说明 |', '| --- | --- | --- | --- |',
    ...of.map((column) => `| ${column.column} | ${column.type} | ${column.nullable ? '是' : ''} | ${(column.comment ?? '').replaceAll('|', '\\|')} |`), '',
  ].join('\n'));
  return `# Data dictionary\n\nGenerated by \`npm run gen\` from the comments of the migrated database.\n\n${parts.join('\n')}`;
}

/** 生成表类型:every generated file as path → text, from the database at `url`. */
export async function tableFiles(url: string): Promise<Map<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Column>(COLUMNS);
  await client.end();
  const schemas = group(rows, (column) => column.schema);
  const files = new Map([['server/platform/tables.gen.ts', fileText(schemas.filter(([name]) => KIT_SCHEMAS.includes(name)))]]);
  for (const entry of schemas.filter(([name]) => !KIT_SCHEMAS.includes(name))) files.set(`server/modules/${entry[0]}/tables.gen.ts`, fileText([entry]));
  files.set('docs/generated/data-dictionary.md', dictionaryText(rows));
  return files;
}

/** Writes what differs; answers the paths written. */
export async function writeFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const written: string[] = [];
  for (const [path, text] of files) {
    const full = ROOT + path;
    if ((await readFile(full, 'utf8').catch(() => null)) === text) continue;
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    written.push(path);
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.argv[2];
  if (!url) throw new Error('usage: gen-tables.ts <url of a migrated database>');
  console.log((await writeFiles(await tableFiles(url))).join('\n') || 'nothing changed');
}
