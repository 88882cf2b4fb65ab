import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import type { getFormation } from '#contract/target.ts';
import { DateText } from '../DateText.tsx';
import { paths } from '#web/paths.ts';
import { FormationCount } from './FormationCount.tsx';
import { RateBar } from './RateBar.tsx';

/** 组建率图块: the rate, the lines it is held against, and how far there is to go. */
export function FormationTile({ value, hasLink = true }: { value: Answer<typeof getFormation>; hasLink?: boolean }) {
  return (
    <>
      <p><span className="sz-rate">{value.rateText}</span>　<FormationCount value={value.withCommittee} part="all-counted" /> 个已成立 ÷ <FormationCount value={value.occupied} part="occupied" /> 个已入住小区（截至 <DateText value={value.on} />）</p>
      <RateBar rateBp={value.rateBp} lines={value.lines} />
      <ul className="sz-lines">{value.lines.map((line) => <li key={line.key}>{line.title} <strong>{line.valueText}</strong>{line.isConfirmed ? '' : '（待核实）'}</li>)}</ul>
      <p>
        {value.occupied === 0 ? '还没有已入住的小区，暂不能计算。' : value.reachesTarget ? '已达到目标。' : `距目标还差 ${value.shortOfTarget} 个小区。`}其中届满未换届 <FormationCount value={value.expired} part="past-term" /> 个，另有筹备中 <FormationCount value={value.preparing} part="preparing" /> 个。
        {hasLink && <>　<Link to={paths.formation} className="sz-action">看分乡镇和每个小区为什么没有计入</Link></>}
      </p>
    </>
  );
}
