import type { Operation } from './operations.ts';
import type { Recording } from './replay.ts';
import type { ServerProcess } from './server-process.ts';
import { withoutWorker, type Statement } from './statement.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** 录下一种操作的语句: each variant once, on the running server; of a creating one also what must be new each time. */
export async function record(server: ServerProcess, { paths, method, caller, body }: Operation): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (const [at, path] of paths.entries()) {
    if (!body) { recordings.push({ statements: withoutWorker(await server.captured(() => caller.get(path))), fresh: [] }); continue; }
    const [one, two] = [body(at), body(at)];
    const first = withoutWorker(await server.captured(() => caller.send(method, path, one.text)));
    const second = withoutWorker(await server.captured(() => caller.send(method, path, two.text)));
    recordings.push({ statements: first, fresh: [one.mark, ...onlyIn(first, second)] });
  }
  return recordings;
}

/** Ids that the first request made or sent and the second did not: these are its own. */
function onlyIn(first: readonly Statement[], second: readonly Statement[]): string[] {
  const others = idsOf(second);
  return [...idsOf(first)].filter((id) => !others.has(id));
}

const idsOf = (statements: readonly Statement[]) => new Set(JSON.stringify(statements.map(({ values }) => values)).match(UUID) ?? []);
