import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [module, verb] = process.argv.slice(2);
if (!module || !verb || !/^[a-z]+$/.test(module) || !/^[a-z-]+$/.test(verb)) {
  console.error('usage: npm run new:migration -- <module> <verb-thing>');
  process.exit(2);
}
const stamp = new Date().toISOString().slice(0, 16).replaceAll('-', '').replaceAll(':', '');
const path = fileURLToPath(new URL(`../server/migrations/${stamp}_${module}_${verb}.sql`, import.meta.url));
writeFileSync(path, `-- ${module}: what changes, for whom, and which locks it takes.\n\nset local lock_timeout = '3s';\n\n`, { flag: 'wx' });
console.log(path);
