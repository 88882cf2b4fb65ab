const queues = new Map<string, Promise<unknown>>();

/** 逐个进行: one after the other per key; the key is forgotten when nobody waits. */
export async function oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
  const settled = turn.then(() => undefined, () => undefined);
  queues.set(key, settled);
  try {
    return await turn;
  } finally {
    if (queues.get(key) === settled) queues.delete(key);
  }
}
