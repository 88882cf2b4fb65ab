import { rmSync } from 'node:fs';
import { readConfig } from '#platform/config.ts';

/** 清空本机数据: removes the embedded database and the files of a demo checkout. Refuses in production. */
const config = readConfig(process.env);
if (config.mode !== 'demo' || config.databaseUrl !== undefined) {
  console.error('只能清空演示模式的内置数据库。');
  process.exit(2);
}
rmSync(config.dataDir, { recursive: true, force: true });
console.log(`已清空 ${config.dataDir}`);
