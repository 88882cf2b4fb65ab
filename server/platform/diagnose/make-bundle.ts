import { open } from 'node:fs/promises';
import { arch, availableParallelism, freemem, platform, release, totalmem } from 'node:os';
import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { instantText } from '#domain/kernel/words.ts';
import { freeBytes } from '../backup/place.ts';
import { everything } from '../access/scope.ts';
import type { Kit } from '../kit.ts';
import { makeMetrics, type Metrics } from '../watch/metrics.ts';
import { logFilesIn } from '../watch/process-log.ts';
import { appliedMigrations, databaseFacts, namesOfOurs } from './facts.ts';
import { scrubLine } from './scrub-log.ts';

const LAST_LINES = 2_000;
const LAST_BYTES = 2 * 1_048_576;

/**
 * 诊断包: a .tar.gz of documents that say how the system is — versions, settings without secrets, sizes, what failed and was slow, the last lines of the log —
 * and hold nobody's data: only what can be nobody's is let through (`skeleton.ts`, `scrub-log.ts`). @returns its name and its bytes
 */
export async function makeBundle(kit: Kit, metrics: Pick<Metrics, 'text'> = onceMeasured(kit)): Promise<{ name: string; bytes: Buffer }> {
  const isOurs = await kit.database.read(everything, namesOfOurs);
  const now = kit.clock.now();
  const documents: Record<string, unknown> = {
    'README.txt': `善治诊断包，${instantText(now)}。\n里面是版本、配置（不含密钥、地址）、数据库大小、失败的作业、慢语句和最近的日志，供技术人员查问题。\n不含姓名、电话、证件号、地址等任何人的信息：出错的原文里认不出是系统自己的词，一律换成“…”。\n`,
    'versions.json': { product: kit.deployment.product, node: process.versions.node, platform: platform(), release: release(), arch: arch(), processors: availableParallelism(), memoryBytes: totalmem(), freeMemoryBytes: freemem(), uptimeSeconds: Math.round(process.uptime()), freeBytes: await freeBytes(kit.backups.folder) },
    'settings.json': kit.deployment.settings,
    'migrations.json': await appliedMigrations(kit.backups.ownerUrl),
    ...(await databaseFacts(kit, isOurs)),
    'slow-statements.json': kit.slow.recent().map((found) => ({ ...found, text: found.text.replaceAll(/'[^']*'/g, (literal) => (/^'[a-z_.%:-]{0,40}'$/.test(literal) ? literal : "'…'")) })),
    'metrics.txt': await metrics.text(),
    'log.jsonl': await lastLines(kit.deployment.logFolder, isOurs),
  };
  const archive = pack();
  for (const [name, content] of Object.entries(documents)) archive.entry({ name: `shanzhi-diagnosis/${name}` }, typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`);
  archive.finalize();
  return { name: `shanzhi-diagnosis-${now.slice(0, 19).replaceAll(/[-:]/g, '')}Z.tar.gz`, bytes: gzipSync(await buffer(archive)) };
}

/** For a process that measures nothing else: figures of this moment. */
function onceMeasured(kit: Kit): Pick<Metrics, 'text'> {
  return { text: async () => { const metrics = makeMetrics(kit); try { return await metrics.text(); } finally { metrics.stop(); } } };
}

/** The last lines of the two newest files, scrubbed. What is no line of ours is counted and left out. */
async function lastLines(folder: string | null, isOurs: (name: string) => boolean): Promise<string> {
  if (folder === null) return '{"note":"日志写到标准输出，由 journald 或容器保管，这里没有"}\n';
  const texts = await Promise.all(logFilesIn(folder).slice(0, 2).toReversed().map(({ path }) => tailOf(path)));
  const lines = texts.join('').split('\n').filter((line) => line !== '').slice(-LAST_LINES);
  const scrubbed = lines.map((line) => scrubLine(line, isOurs));
  const kept = scrubbed.flatMap((line) => (line === null ? [] : [JSON.stringify(line)]));
  return `${[JSON.stringify({ lines: kept.length, leftOut: scrubbed.length - kept.length }), ...kept].join('\n')}\n`;
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - LAST_BYTES);
    const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
