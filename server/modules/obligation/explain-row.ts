import { sql } from 'kysely';
import { explain, type ExplainedLine } from '#domain/obligation/explain.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import type { Explanation } from '#domain/obligation/log.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { beyondScope } from '#platform/access/beyond-scope.ts';
import type { Db } from '#platform/db/types.ts';
import type { Tx } from '#platform/context.ts';
import { basisText } from '#platform/parameters/legal.ts';
import type { Source } from '#domain/kernel/rule.ts';
import { groundsOf } from './grounds.ts';
import { logsOf } from './logs.ts';
import { positionOf, type ObligationRecord } from './position.ts';

/** 说明的一行 for the page: what it rests on in words, and who set the county's own number. */
export interface PageLine { readonly text: string; readonly basis: string | null; readonly setBy: string | null }

/** 依据 in words: the document and its clause. */
export function basisWords(basis: Source | string): string {
  const { title, clause } = basisText(basis);
  return typeof basis === 'string' ? title : `《${title}》${clause ?? ''}`;
}

/** 为什么是这一天 of one row, worked out anew. A duty that is no longer declared only says its day. */
export async function explainRow(tx: Pick<Tx, 'db' | 'now'>, row: ObligationRecord, duty: Duty<unknown> | undefined): Promise<PageLine[]> {
  if (duty === undefined) return [{ text: '这种义务已经不再设置，期限保持原样。', basis: null, setBy: null }];
  const logs = await logsOf(tx.db, [row]);
  const { events, climbed } = logs(row.id);
  const { standing } = positionOf(duty, row.facts, events, climbed, await groundsOf(tx, row.countyId));
  const setters = await settersOf(tx, row.countyId, standing.lines);
  return explain(standing.lines).map((line, at) => pageLine(line, setters[at] ?? null));
}

const pageLine = ({ text, basis }: ExplainedLine, setBy: string | null): PageLine => ({ text, basis: basis === null ? null : basisWords(basis), setBy });

/** Who set the county's own number behind each line; a township may see the name though not the county's accounts. */
async function settersOf(tx: Pick<Tx, 'db'>, countyId: string, lines: readonly Explanation[]): Promise<(string | null)[]> {
  const set = lines.map((line) => ('amount' in line && line.amount.inForce.origin === 'county' ? { parameterId: line.amount.parameterId, from: line.amount.inForce.from } : null));
  if (set.every((each) => each === null)) return [];
  const names = await beyondScope(tx, () => setterNames(tx.db, countyId));
  return set.map((each) => (each === null ? null : names.get(`${each.parameterId} ${each.from}`) ?? null));
}

async function setterNames(db: Db, countyId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ parameterId: string; effectiveFrom: LocalDate; name: string }>`
    select p.parameter_id, p.effective_from, u.name from platform.parameter_override p join platform.app_user u on u.id = p.set_by where p.county_id = ${countyId}::uuid`.execute(db);
  return new Map(rows.map(({ parameterId, effectiveFrom, name }) => [`${parameterId} ${effectiveFrom}`, name]));
}
