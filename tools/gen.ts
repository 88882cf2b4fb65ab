// `npm run gen`: refreshes what is written from the migrated database (it starts its own PostgreSQL) and what is drawn from code.
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
  const written = await writeFiles(await tableFiles(url));
  // After the row types: the modules are read only once those are new.
  const { docFiles } = await import('./gen-docs.ts');
  console.log([...written, ...await writeFiles(await docFiles())].join('\n') || 'nothing changed');
} finally {
  await cluster.stop();
}
