import { makeId } from '#domain/kernel/brand.ts';
import { defineModule } from '../module.ts';
import { startWorker } from '../jobs/worker.ts';
import { kitOn } from '../testing/kit-on.ts';
import { newId } from '../ids.ts';

// A worker of its own process: takes the event, writes, says so, and never finishes. The test kills it there.
const ownerUrl = process.argv[2] ?? '';
const listener = defineModule({
  name: 'listener', routes: [],
  on: {
    'thing.happened': async (_ctx, tx, event) => {
      await tx.db.insertInto('platform.orgUnit').values({ id: newId<'OrgUnit'>(), countyId: makeId<'OrgUnit'>(event.countyId), kind: 'other', name: event.key, matchKey: event.key }).execute();
      process.stdout.write('written\n');
      await new Promise(() => undefined);
    },
  },
});
const { kit, jobsUrl } = await kitOn({ ownerUrl, drop: async () => undefined }, [listener]);
await startWorker(kit, { jobsUrl, log: () => undefined });
process.stdout.write('ready\n');
setInterval(() => undefined, 1000);
