import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';

const ONE = /^(?:(\d{4})[年.\-/])?(\d{1,2})[月.\-/](\d{1,2})日?(?:[(（][^)）]*[)）])?$/;

/** 读日期清单: days as a notice writes them (`1月1日至3日`, `10月1日至10月7日`, `2026-02-14`), of one year; what is no day is named. */
export function readDays(year: number, text: string): { readonly days: LocalDate[]; readonly unread: string[] } {
  const days: LocalDate[] = [];
  const unread: string[] = [];
  for (const part of text.split(/[,，、;；\s]+/).filter(Boolean)) {
    const found = readPart(year, part);
    if (found === null) unread.push(part);
    else days.push(...found);
  }
  return { days: [...new Set(days)].sort(), unread };
}

function readPart(year: number, part: string): LocalDate[] | null {
  const [first = '', last] = part.split(/[至到~—]+/);
  const from = dayOf(year, null, first);
  if (from === null) return null;
  if (last === undefined) return [from];
  const to = dayOf(Number(from.slice(0, 4)), from.slice(5, 7), last);
  return to === null || to < from ? null : between(from, to);
}

function dayOf(year: number, month: string | null, text: string): LocalDate | null {
  const parts = ONE.exec(text);
  const bare = /^(\d{1,2})日?(?:[(（][^)）]*[)）])?$/.exec(text);
  const written = parts !== null ? `${parts[1] ?? year}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`
    : bare !== null && month !== null ? `${year}-${month}-${(bare[1] ?? '').padStart(2, '0')}` : '';
  return isLocalDate(written) ? written : null;
}

/** 连续的日子, both ends included; never more than sixty. */
export function between(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 60; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (isLocalDate(day)) days.push(day);
  }
  return days;
}
