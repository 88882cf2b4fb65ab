import { Link } from '@tanstack/react-router';
import { getPublicationTurns } from '#contract/publication.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 公开事项等我办的: shown only when something waits. */
export function ToPublish() {
  const turns = useRoute(getPublicationTurns).data;
  const waiting = turns === undefined ? [] : ([['reviewing', '待审核', turns.toReview], ['signing', '待签发', turns.toIssue], ['returned', '退回待改', turns.toMend]] as const).filter(([, , count]) => count > 0);
  if (waiting.length === 0) return null;
  return (
    <Section title="公开发布" actions={<LinkButton to={paths.publications}>全部</LinkButton>}>
      <ul className="sz-mend">{waiting.map(([status, words, count]) => <li key={status}><Link to={paths.publications} search={{ status }}>{words}</Link><span className="sz-number">{count} 件</span></li>)}</ul>
    </Section>
  );
}
