import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { dueGroupLabels, getMyObligations, type MyObligations } from '#contract/obligation.ts';
import { DutyLink } from '#web/kit/DutyLink.tsx';
import { DueTag } from '#web/kit/DueTag.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { Failed, Loading } from '#web/kit/states.tsx';
import { WhyThisDay } from '#web/kit/WhyThisDay.tsx';
import { paths } from '#web/paths.ts';

type Mine = z.output<typeof MyObligations>;

/** 由我单位办: what is due, the soonest first, and below it what others have to do before it goes on. */
export function MyDuties() {
  const mine = useRoute(getMyObligations);
  if (mine.data === undefined) return <Section title="由我单位办">{mine.error === null ? <Loading rows={3} /> : <Failed error={mine.error} onRetry={() => void mine.refetch()} />}</Section>;
  const { counts, rows, others } = mine.data;
  return (
    <>
      <Section title="由我单位办" note={<Groups counts={counts} />} actions={<LinkButton to={paths.obligations}>全部</LinkButton>}>
        {rows.length === 0 ? <p className="sz-muted">眼下没有到期要办的事项。</p> : <Duties rows={rows} />}
      </Section>
      {others.length > 0 && <Section title="等别的单位办" note={`${numberWords(counts.others)} 件`} actions={<Link className="sz-action" to={paths.obligations} search={{ held: 'others' }}>全部</Link>}><Duties rows={others} isOthers /></Section>}
    </>
  );
}

/** How many of each, in order of time; what is none is left out. */
function Groups({ counts }: { counts: Mine['counts'] }) {
  const groups = (['overdue', 'today', 'week', 'later', 'suspended'] as const).filter((group) => counts[group] > 0);
  return <span className="sz-actions">{groups.map((group) => <Link key={group} to={paths.obligations} search={{ held: 'mine', group }}>{dueGroupLabels[group]} {numberWords(counts[group])} 件</Link>)}</span>;
}

function Duties({ rows, isOthers = false }: { rows: Mine['rows']; isOthers?: boolean }) {
  return (
    <ul className="sz-mend">
      {rows.map((row) => (
        <li key={row.id}>
          <span><DutyLink duty={row} />　{row.dutyTitle}{isOthers && row.holderName !== null && <span className="sz-muted">　{row.holderName}</span>}</span>
          <span className="sz-due-line"><DueTag due={row} />　<WhyThisDay id={row.id} /></span>
        </li>
      ))}
    </ul>
  );
}
