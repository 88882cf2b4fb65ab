import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { GENESIS, sealHash, type HashName, type SealedEntry } from './canonical.ts';

/** 链上第一处不符, named by the entry's number. */
export interface FirstBad {
  readonly entryNo: number;
  readonly sealNo: number | null;
  readonly kind: 'edited' | 'removed' | 'reordered' | 'seal-edited' | 'inserted' | 'head-mismatch';
  readonly message: string;
}

/** 核验结果. `checked` seals were recomputed; `unsealedTail` entries are newer than the last seal and not yet protected by it. */
export interface Verification { readonly checked: number; readonly sealed: number; readonly unsealedTail: number; readonly ok: boolean; readonly firstBad?: FirstBad }

/** Part of the chain to verify, by seal number, both included; and a head noted earlier elsewhere. */
export interface VerifyWish { readonly from?: number; readonly to?: number; readonly head?: { readonly sealNo: number; readonly hash: string } | undefined }

interface Seal { readonly sealNo: number; readonly sealedEntryNo: number; readonly algorithm: HashName; readonly previous: string; readonly hash: string }
type Link = Seal & { readonly entry: SealedEntry | null };
interface Position { readonly sealNo: number; readonly entryNo: number; readonly hash: string; readonly link: Link | null }

const BATCH = 500;

/** 核验操作记录: recomputes the chain row by row, holding one batch at a time, and names the first row that does not fit. */
export async function verifyChain(kit: Kit, wish: VerifyWish = {}): Promise<Verification> {
  const read = <T>(work: (db: Db) => Promise<T>) => kit.database.read(everything, work);
  const { sealed, last } = await read(extentOf);
  let at = await read((db) => positionBefore(db, wish.from ?? 1));
  let checked = 0;
  for (;;) {
    const { links, orphan } = await read((db) => batchAfter(db, at, wish.to ?? Number.MAX_SAFE_INTEGER));
    for (const link of links) {
      const bad = faultOf(at, link, orphan) ?? await contentFault(read, link) ?? headFault(link, wish.head);
      if (bad) return { checked, sealed, unsealedTail: await read((db) => tailAfter(db, last)), ok: false, firstBad: bad };
      checked += 1;
      at = { sealNo: link.sealNo, entryNo: link.sealedEntryNo, hash: link.hash, link };
    }
    if (links.length < BATCH) break;
  }
  const missing = missingHead(wish, at);
  return { checked, sealed, unsealedTail: await read((db) => tailAfter(db, last)), ok: missing === undefined, ...(missing ? { firstBad: missing } : {}) };
}

async function extentOf(db: Db): Promise<{ sealed: number; last: number }> {
  const row = await db.selectFrom('audit.seal').select((eb) => [eb.fn.countAll<number>().as('sealed'), eb.fn.max('entryNo').as('last')]).executeTakeFirstOrThrow();
  return { sealed: row.sealed, last: row.last ?? 0 };
}

const tailAfter = async (db: Db, entryNo: number) => (await db.selectFrom('audit.entry').select((eb) => eb.fn.countAll<number>().as('n')).where('entryNo', '>', entryNo).executeTakeFirstOrThrow()).n;

async function positionBefore(db: Db, sealNo: number): Promise<Position> {
  const row = await db.selectFrom('audit.seal').select(['sealNo', 'entryNo', 'hash']).where('sealNo', '<', sealNo).orderBy('sealNo', 'desc').limit(1).executeTakeFirst();
  return { sealNo: row?.sealNo ?? 0, entryNo: row?.entryNo ?? 0, hash: row?.hash ?? GENESIS, link: null };
}

/** The next links, and the first entry among them that has no seal. */
async function batchAfter(db: Db, at: Position, to: number): Promise<{ links: Link[]; orphan: number | undefined }> {
  const links = await linksAfter(db, at.sealNo, to);
  const last = links.reduce((most, link) => Math.max(most, link.sealedEntryNo), at.entryNo);
  const orphan = await db.selectFrom('audit.entry as e').select('e.entryNo').where('e.entryNo', '>', at.entryNo).where('e.entryNo', '<', last)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('audit.seal as s').select('s.sealNo').whereRef('s.entryNo', '=', 'e.entryNo')))).orderBy('e.entryNo').limit(1).executeTakeFirst();
  return { links, orphan: orphan?.entryNo };
}

async function linksAfter(db: Db, after: number, to: number): Promise<Link[]> {
  const rows = await db.selectFrom('audit.seal as s').leftJoin('audit.entry as e', 'e.entryNo', 's.entryNo')
    .select(['s.sealNo', 's.entryNo as sealedEntryNo', 's.algorithm', 's.previous', 's.hash',
      'e.id', 'e.entryNo', 'e.countyId', 'e.townshipId', 'e.at', 'e.actorId', 'e.actorName', 'e.grantId', 'e.role', 'e.action', 'e.subjectKind', 'e.subjectId', 'e.reason', 'e.before', 'e.after', 'e.requestId', 'e.ip'])
    .where('s.sealNo', '>', after).where('s.sealNo', '<=', to).orderBy('s.sealNo').limit(BATCH).execute();
  return rows.map(({ sealNo, sealedEntryNo, algorithm, previous, hash, ...entry }) => ({ sealNo, sealedEntryNo, algorithm, previous, hash, entry: isEntry(entry) ? entry : null }));
}

const isEntry = (row: { readonly id: string | null }): row is SealedEntry => row.id !== null;

function faultOf(at: Position, link: Link, firstOrphan: number | undefined): FirstBad | undefined {
  const orphan = firstOrphan !== undefined && firstOrphan > at.entryNo && firstOrphan < link.sealedEntryNo ? firstOrphan : undefined;
  if (link.sealNo !== at.sealNo + 1) return gap(at, link, orphan);
  if (link.sealedEntryNo <= at.entryNo) return bad('reordered', link, '封存顺序与记录顺序不一致');
  if (link.entry === null) return bad('removed', link, '已封存的记录被删除');
  if (orphan !== undefined) return { entryNo: orphan, sealNo: null, kind: 'inserted', message: `第 ${orphan} 号：封存之后插入的记录` };
  if (link.previous === at.hash) return undefined;
  return hashOf(link) === link.hash && at.link ? bad('seal-edited', at.link, '记录与封存一并被改写') : bad('seal-edited', link, '封存链的上一环被改动');
}

const hashOf = (link: Link): string | undefined => (link.entry === null ? undefined : sealHash(link.algorithm, link.sealNo, link.previous, link.entry));

async function contentFault(read: <T>(work: (db: Db) => Promise<T>) => Promise<T>, link: Link): Promise<FirstBad | undefined> {
  const expected = hashOf(link);
  return expected === undefined || expected === link.hash ? undefined : read((db) => mismatch(db, link, expected));
}

function gap(at: Position, link: Link, orphan: number | undefined): FirstBad {
  const sealNo = at.sealNo + 1;
  if (orphan !== undefined) return { entryNo: orphan, sealNo, kind: 'seal-edited', message: `第 ${orphan} 号记录的封存（第 ${sealNo} 环）被删除` };
  return { entryNo: at.entryNo + 1, sealNo, kind: 'removed', message: `第 ${at.entryNo} 号与第 ${link.sealedEntryNo} 号之间的记录连同封存（第 ${sealNo} 环）被删除` };
}

/** An edited entry, an entry that stands at another's number, or an edited hash: the next seal and the other entries tell which. */
async function mismatch(db: Db, link: Link, expected: string): Promise<FirstBad> {
  const next = await db.selectFrom('audit.seal').select('previous').where('sealNo', '=', link.sealNo + 1).executeTakeFirst();
  if (next?.previous === expected) return bad('seal-edited', link, '封存的哈希被改动');
  const moved = await standsElsewhere(db, link);
  return moved === undefined ? bad('edited', link, '记录内容被改动') : bad('reordered', link, `与第 ${moved} 号记录调换了位置`);
}

/** Does another entry, put at this number, fit the seal? Looks through all entries, a batch at a time. */
async function standsElsewhere(db: Db, link: Link): Promise<number | undefined> {
  for (let after = 0; ;) {
    const rows = await db.selectFrom('audit.entry').selectAll().where('entryNo', '>', after).orderBy('entryNo').limit(BATCH).execute();
    const found = rows.find((row) => row.entryNo !== link.sealedEntryNo && sealHash(link.algorithm, link.sealNo, link.previous, { ...row, entryNo: link.sealedEntryNo }) === link.hash);
    if (found) return found.entryNo;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return undefined;
    after = last.entryNo;
  }
}

const bad = (kind: FirstBad['kind'], link: Link, what: string): FirstBad => ({ entryNo: link.sealedEntryNo, sealNo: link.sealNo, kind, message: `第 ${link.sealedEntryNo} 号：${what}` });

function headFault(link: Link, head: VerifyWish['head']): FirstBad | undefined {
  return head && link.sealNo === head.sealNo && link.hash !== head.hash ? bad('head-mismatch', link, '与以前记下的链头不一致，此前的记录被整体改写过') : undefined;
}

/** A head noted earlier that the chain no longer reaches: its end was cut off. */
function missingHead({ head, to }: VerifyWish, at: Position): FirstBad | undefined {
  if (!head || head.sealNo <= at.sealNo || (to !== undefined && to < head.sealNo)) return undefined;
  return { entryNo: at.entryNo + 1, sealNo: at.sealNo + 1, kind: 'removed', message: `封存链只到第 ${at.sealNo} 环，以前记下的第 ${head.sealNo} 环已不存在，末尾的记录被删除` };
}
