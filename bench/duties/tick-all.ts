import { readConfig } from '#platform/config.ts';
import { systemContext } from '#platform/make-context.ts';
import { tick } from '#modules/obligation/tick.ts';
import { boot } from '#server/main/boot.ts';

// A worker process that moves every duty whose time has come in one pass, and says how many, how long it took and how much memory it needed at most.
const running = await boot(readConfig(process.env), { log: () => undefined });
const cpu = process.cpuUsage();
const began = performance.now();
const moved = await tick(systemContext(running.kit));
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(cpu);
process.send?.({ kind: 'ticked', moved, seconds, cpuSeconds: (user + system) / 1_000_000, memoryMiB: process.resourceUsage().maxRSS / 1024 });
await running.stop();
process.disconnect();
