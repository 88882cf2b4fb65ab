import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** 首次打开要下载的字节: index.html with the scripts and styles it names, and what those import at once, gzip. Null without a build. */
export function firstLoad(folder: string): { bytes: number; files: readonly string[] } | null {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return null;
  const html = readFileSync(page, 'utf8');
  const wanted = new Set([...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? ''));
  for (const file of wanted) {
    if (!file.endsWith('.js') || !existsSync(join(folder, file))) continue;
    // Static imports only: what the page loads before it shows anything.
    for (const match of readFileSync(join(folder, file), 'utf8').matchAll(/(?:^|[;}])import(?:[^"'()]*from)?["']\.\/([^"']+\.js)["']/g)) wanted.add(join(file, '..', match[1] ?? ''));
  }
  const files = ['index.html', ...wanted].filter((file) => existsSync(join(folder, file)));
  return { files, bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) };
}
