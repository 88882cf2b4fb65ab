import { systemContext } from '#platform/make-context.ts';
import { kitOn } from '#platform/testing/kit-on.ts';
import { obligation } from '../index.ts';
import { tick } from '../tick.ts';
import { sample } from './sample.ts';

// A worker of its own process that moves all duties at the moment it is told. The test stops it at a named point and kills it there.
const [ownerUrl = '', moment = ''] = process.argv.slice(2);
const { kit, clock } = await kitOn({ ownerUrl, drop: async () => undefined }, [sample, obligation]);
clock.set(moment);
await tick(systemContext(kit));
process.stdout.write('done\n');
process.exit(0);
