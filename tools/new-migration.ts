import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [module, verb] = process.argv.slice(2);
if (!module || !verb || !/^[a-z]+$/.test(module) || !/^[a-z-]+$/.test(verb)) {
  console.error('usage: npm run new:migration -- <module> <verb-thing>');
  process.exit(2);
}

const folder = fileURLToPath(new URL('../server/migrations/', import.meta.url));
const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replaceAll('-', '').replaceAll(':', '');
const last = readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().at(-1)?.slice(0, 13) ?? '';
// Migrations run in name order: a new one comes after the last, whatever this machine's clock says.
let at = Date.now();
if (stampOf(at) <= last) at = Date.parse(`${last.slice(0, 4)}-${last.slice(4, 6)}-${last.slice(6, 8)}T${last.slice(9, 11)}:${last.slice(11, 13)}Z`) + 60_000;
const path = `${folder}${stampOf(at)}_${module}_${verb}.sql`;
writeFileSync(path, `-- ${module}: what changes, for whom, and which locks it takes.\n\nset local lock_timeout = '3s';\n\n`, { flag: 'wx' });
console.log(path);
