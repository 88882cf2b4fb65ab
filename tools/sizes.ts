import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFiles } from './source-files.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** 文件长短: medians, p90s and the ten longest, generated files and tests apart. Printed, not policed. */
const sizes = sourceFiles(ROOT).filter((path) => !path.endsWith('.gen.ts')).map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n').length }));
const at = (sorted: readonly { lines: number }[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;
for (const [name, files] of Object.entries(Object.groupBy(sizes, ({ path }) => (/\.(test|e2e)\.tsx?$/.test(path) ? 'tests' : 'sources')))) {
  const sorted = (files ?? []).toSorted((a, b) => a.lines - b.lines);
  console.log(`${name}: ${sorted.length} files, median ${at(sorted, 0.5)}, p90 ${at(sorted, 0.9)}`);
  for (const { path, lines } of sorted.slice(-10).toReversed()) console.log(`  ${String(lines).padStart(5)}  ${path}`);
}
