import pg from 'pg';
import { z } from 'zod';
import { systemContext } from '#platform/make-context.ts';
import { kitOn } from '#platform/testing/kit-on.ts';
import { obligation } from '../index.ts';
import { tick } from '../tick.ts';
import { sample } from './sample.ts';

// A worker of its own process that is told a moment, moves all duties then, and says so; until it kills itself with SIGKILL at the statement it was told to die at:
// before that statement leaves, or once it is on its way and nobody will read the answer.
const Order = z.object({ moment: z.string(), dieAt: z.int().nullable(), isSent: z.boolean() });
let left = Number.POSITIVE_INFINITY;
let isSent = false;
dieOnTheWay();

const [ownerUrl = ''] = process.argv.slice(2);
const { kit, clock } = await kitOn({ ownerUrl, drop: async () => undefined }, [sample, obligation]);
process.on('message', (message) => { obey(Order.parse(message)).catch((error: unknown) => { process.stderr.write(`${String(error)}\n`); process.exit(1); }); });
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

async function obey(order: z.infer<typeof Order>): Promise<void> {
  clock.set(order.moment);
  left = order.dieAt ?? Number.POSITIVE_INFINITY;
  isSent = order.isSent;
  await tick(systemContext(kit));
  left = Number.POSITIVE_INFINITY;
  process.send?.('done');
}

/** Counts down with every statement of this process. */
function dieOnTheWay(): void {
  const send: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (typeof send !== 'function') throw new TypeError('pg has no query to count');
  const counted = function (this: pg.Client, ...given: unknown[]): unknown {
    left -= 1;
    const isLast = left === 0;
    if (isLast && !isSent) process.kill(process.pid, 'SIGKILL');
    const answer: unknown = Reflect.apply(send, this, given);
    // Sockets hold back what is written in one turn of the loop; a turn later it is with PostgreSQL.
    if (isLast) setImmediate(() => { process.kill(process.pid, 'SIGKILL'); });
    return answer;
  };
  Reflect.set(pg.Client.prototype, 'query', counted);
}
