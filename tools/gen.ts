// `npm run gen`: refreshes everything that is written from the migrated database. Starts its own PostgreSQL.
import { Client } from 'pg';
import { migrate } from '#platform/db/migrate.ts';
import { startCluster } from '#platform/testing/cluster.ts';
import { onDatabase, TEMPLATE } from '#platform/testing/template.ts';
import { tableFiles, writeFiles } from './gen-tables.ts';

const cluster = await startCluster('18');
try {
  const client = new Client({ connectionString: cluster.ownerUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const url = onDatabase(cluster.ownerUrl, TEMPLATE);
  await migrate(url);
  console.log((await writeFiles(await tableFiles(url))).join('\n') || 'nothing changed');
} finally {
  await cluster.stop();
}
