import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText, momentText, weekdayOf, yearOf } from '#domain/kernel/local-date.ts';
import type { Source } from '#domain/kernel/rule.ts';
import type { Amount, Explanation } from './log.ts';

/** 说明的一行 in Chinese, with what it rests on: a clause, or the county's own document; the parameter by id, so that its setting can be shown. */
export interface ExplainedLine { readonly text: string; readonly basis: Source | string | null; readonly parameterId: string | null }

/** 为什么是这一天: line by line, from the day of receipt to the last day. */
export function explain(lines: readonly Explanation[]): ExplainedLine[] {
  let year = lines.reduce((found, line) => (line.kind === 'opened' ? yearOf(line.on) : found), 0);
  return lines.map((line): ExplainedLine => {
    if (line.kind !== 'days') return said(line, lines);
    // The year is told where it changes, and not on every line.
    const crosses = yearOf(line.from) !== year;
    year = yearOf(line.to);
    return plain(daysText(line, crosses));
  });
}

function said(line: Exclude<Explanation, { kind: 'days' }>, all: readonly Explanation[]): ExplainedLine {
  switch (line.kind) {
    case 'opened': if (all.some(({ kind }) => kind === 'before')) return plain(`${day(line.on)}登记了到期日。`);
      return all.some(({ kind }) => kind === 'amount') && all.some((each) => each.kind === 'amount' && each.counting === 'hours') ? plain(`${momentText(line.at)}收到，从这一刻起算。`) : { text: `${day(line.on)}收到，当日不计。`, basis: { id: 'civil-code', clause: '第二百零一条' }, parameterId: null };
    case 'amount': return { ...rests(line.amount), text: `按“${line.amount.title}”计${line.amount.value}${units[line.counting]}，${since(line.amount)}。` };
    case 'corresponds': return { text: `到期月的对应日是${day(line.on)}${line.on.slice(8) === line.from.slice(8) ? '' : '（那个月没有对应日，以月末日为准）'}。`, basis: { id: 'civil-code', clause: '第二百零二条' }, parameterId: null };
    case 'given': return plain(`交办时给定的期限为${dateText(line.dueOn)}，以给定的为准。`);
    case 'restated': return plain(`${dateText(line.on)}期限重新给定为${dateText(line.dueOn)}${line.reason === null ? '' : `，理由：${line.reason}`}。`);
    case 'before': return { ...rests(line.opensAhead), text: beforeText(line) };
    case 'period': return plain(`本期自${dateText(line.from)}至${dateText(line.to)}，应在${line.daysAfter === 0 ? '本期最后一日' : `本期结束后${line.daysAfter}日内`}完成。`);
    case 'moved': return { text: `${dateText(line.from)}是休息日，顺延到其后第一个工作日${dateText(line.to)}。`, basis: { id: 'civil-code', clause: '第二百零三条' }, parameterId: null };
    case 'paused': return plain(pausedText(line));
    case 'fixed': return plain('期限是固定的一日，中止不改变它。');
    case 'extended': return { ...rests(line.amount), text: `${dateText(line.on)}${line.byName ?? ''}批准延期${line.amount.value}${extensionUnit(all)}，理由：${line.reason ?? '未填写'}。` };
    case 'extension-refused': return plain(`${dateText(line.on)}${line.byName ?? ''}再次延期，只能延期一次，不计。`);
    case 'reassigned': return plain(`${dateText(line.on)}转${line.toName === null ? '其他单位' : `由${line.toName}`}办理，期限照旧，不重新计算。`);
    case 'waiting': return plain(line.left === null ? '目前中止，恢复后继续计算。' : `目前中止，已计${line.counted}日，还剩${line.left}日，恢复后继续计算。`);
    case 'due': return plain(`期限届满${line.at === null ? `日：${day(line.on)}，当日24时止` : `时刻：${momentText(line.at)}`}${line.provisional ? '（暂定：跨入的年份还没有登记节假日通知，登记后自动重新计算）' : ''}。`);
    case 'ended': return plain(endedText(line));
  }
}

const plain = (text: string): ExplainedLine => ({ text, basis: null, parameterId: null });
const rests = ({ inForce, parameterId }: Amount) => ({ basis: inForce.basis, parameterId });
const since = ({ inForce }: Amount) => (inForce.origin === 'county' ? `本县自${dateText(inForce.from)}起设定` : `自${dateText(inForce.from)}起适用`);
const units = { 'working-days': '个工作日', 'natural-days': '日', 'natural-months': '个月', hours: '小时', times: '次' } as const;

function beforeText({ date, from, by, opensAhead, doneAhead, lastToldOn }: Extract<Explanation, { kind: 'before' }>): string {
  const ahead = `按“${opensAhead.title}”提前${opensAhead.value}${opensAhead.unit}，自${dateText(from)}起办理`;
  const done = doneAhead === null ? '到期当日为止' : `按“${doneAhead.title}”应在到期前${doneAhead.value}${doneAhead.unit}、即${dateText(by)}以前完成`;
  return `登记的到期日是${dateText(date)}${lastToldOn === null ? '' : `（${dateText(lastToldOn)}更正登记，以更正后的为准）`}；${ahead}，${done}。`;
}

function extensionUnit(all: readonly Explanation[]): string {
  return all.some((line) => line.kind === 'amount' && line.counting === 'working-days') ? units['working-days'] : units['natural-days'];
}

function pausedText({ cause, from, until, ground, limitOn }: Extract<Explanation, { kind: 'paused' }>): string {
  if (cause === 'discharged') return `${dateText(from)}办结，${until === null ? '' : dateText(until)}重新办理，从原来的进度继续计算，重新办理当日不计。`;
  if (limitOn !== null) return `${dateText(from)}因${ground}中止，最多到${dateText(limitOn)}，其后自动继续计算。`;
  return until === null ? `${dateText(from)}因${ground}中止，还没有恢复。` : `${dateText(from)}因${ground}中止，${dateText(until)}恢复，恢复当日不计。`;
}

function endedText({ how, on, isLate, reason, byName }: Extract<Explanation, { kind: 'ended' }>): string {
  const why = reason === null ? '' : `，理由：${reason}`;
  if (how === 'discharged') return `${dateText(on)}办结，${isLate ? '已超过期限' : '在期限内'}。`;
  return how === 'waived' ? `${dateText(on)}${byName ?? ''}免除${why}。` : `${dateText(on)}作废，不再办理${why}。`;
}

function daysText({ from, to, reason, first, last, provisional }: Extract<Explanation, { kind: 'days' }>, withYear: boolean): string {
  const span = from === to ? `${short(from, withYear)}（${WEEKDAYS[weekdayOf(from) - 1] ?? ''}）` : `${short(from, withYear)}至${short(to, yearOf(from) !== yearOf(to))}`;
  const nth = first === null || last === null ? '不计' : first === last ? `第${first}日` : `第${first}日至第${last}日`;
  const words: Readonly<Record<string, string>> = { 中止: '中止期间', 办结: '办结以后、重新办理以前' };
  return `${span}：${words[reason] ?? reason}，${nth}${provisional ? '（暂按周一至周五上班计）' : ''}。`;
}

const WEEKDAYS = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];
const day = (on: LocalDate) => `${dateText(on)}（${WEEKDAYS[weekdayOf(on) - 1] ?? ''}）`;
const short = (on: LocalDate, withYear: boolean) => (withYear ? dateText(on) : dateText(on).replace(/^\d+年/, ''));
