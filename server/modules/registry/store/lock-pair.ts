import { Problem } from '#platform/problem.ts';

/**
 * 锁两条记录 to merge the first into the second, in the order of their ids whoever merges into whom, so that two merges cannot wait for each other.
 * @throws Problem state.conflict when both are the same, when the second is archived, or when they lie in different estates
 */
export async function lockPair<T extends { readonly archivedAt: unknown; readonly estateId?: string }, I extends string>(fromId: I, intoId: I, what: string, lock: (id: I) => Promise<T>): Promise<{ from: T; into: T }> {
  if (fromId === intoId) throw new Problem('state.conflict', '不能并入自己');
  const isFirst = fromId < intoId;
  const one = await lock(isFirst ? fromId : intoId);
  const two = await lock(isFirst ? intoId : fromId);
  const { from, into } = isFirst ? { from: one, into: two } : { from: two, into: one };
  if (into.archivedAt !== null) throw new Problem('state.conflict', `并入的${what}已归档`);
  if (from.estateId !== into.estateId) throw new Problem('state.conflict', `只能并入同一小区的${what}`);
  return { from, into };
}
