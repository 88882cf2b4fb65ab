import { migrate, migrationFiles } from '../../db/migrate.ts';
import { guardUpgrade } from '../guard-upgrade.ts';
import { upgradePlanIn } from './plan.ts';

/** A process that upgrades and is killed while its second migration runs. */
const [ownerUrl = '', folder = ''] = process.argv.slice(2);
await migrate(ownerUrl, {
  files: [
    ...await migrationFiles(),
    { name: '29991231T0000_registry_add-lift.sql', sql: 'create schema lift; create table lift.lift (id uuid primary key)', checksum: 'c1' },
    { name: '29991231T0001_registry_long.sql', sql: 'select pg_sleep(120)', checksum: 'c2' },
  ],
  guard: (client, pending) => guardUpgrade(client, pending, upgradePlanIn(folder, ownerUrl)),
});
