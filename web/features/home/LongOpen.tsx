import { Link } from '@tanstack/react-router';
import { getComplaintBoard } from '#contract/complaint.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { paths } from '#web/paths.ts';

/** 久拖未决和拟提请联席会议的投诉件 of the area; shown only where there are any. */
export function LongOpen() {
  const board = useRoute(getComplaintBoard, { query: {} }).data;
  const lines = board === undefined ? [] : ([[paths.complaintsLongOpen, `超过 ${String(board.longOpenDays)} 天未办结`, board.longOpen], [paths.complaintAgenda, '拟提请联席会议、仍在办', board.agenda]] as const).filter(([, , { total }]) => total > 0);
  if (lines.length === 0) return null;
  return (
    <Section title="投诉" actions={<LinkButton to={paths.complaintBoard}>看板</LinkButton>}>
      <ul className="sz-mend">{lines.map(([to, words, { total, totalIsExact }]) => <li key={to}><Link to={to} search={to === paths.complaintAgenda ? { state: 'open' } : {}}>{words}</Link><span className="sz-number">{numberWords(total)}{totalIsExact ? '' : ' 以上'} 件</span></li>)}</ul>
    </Section>
  );
}
