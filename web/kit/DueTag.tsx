import type { z } from 'zod';
import type { DueBrief, Lamp } from '#contract/obligation.ts';
import { daysBetween, momentText } from '#domain/kernel/local-date.ts';
import { dateWords } from './schema/words.ts';
import { useMe } from './session/use-me.ts';
import { StatusTag, type Tone } from './StatusTag.tsx';

type Due = Pick<z.output<typeof DueBrief>, 'lamp' | 'dueOn' | 'dueAt' | 'provisional' | 'state' | 'endedOn' | 'isLate' | 'resumesOn'>;

const tones: Readonly<Record<Lamp, Tone>> = { green: 'good', yellow: 'warn', red: 'bad', none: 'plain' };

/** 期限: the one day a thing is due, and how far off that is. A word says what the colour says. */
export function DueTag({ due }: { due: Due }) {
  const today = useMe().data?.today;
  if (due.endedOn !== null) return <span>{dateWords(due.endedOn)}了结 {due.isLate && <StatusTag tone="warn">逾期了结</StatusTag>}</span>;
  if (due.dueOn === null) return <StatusTag tone="info">{due.resumesOn === null ? '中止' : `中止，至多到${dateWords(due.resumesOn)}`}</StatusTag>;
  const words = today === undefined ? '' : farWords(due.lamp, daysBetween(today, due.dueOn));
  return (
    <span className="sz-due">
      {due.dueAt === null ? dateWords(due.dueOn) : momentText(due.dueAt)} <StatusTag tone={tones[due.lamp]}>{words}</StatusTag>
      {due.state === 'suspended' && <StatusTag tone="info">中止</StatusTag>}{due.provisional && <StatusTag tone="info">暂定</StatusTag>}
    </span>
  );
}

function farWords(lamp: Lamp, days: number): string {
  if (lamp === 'red') return days < 0 ? `逾期${-days}天` : '已逾期';
  return days <= 0 ? '今天到期' : `还有${days}天`;
}
