import { Link } from '@tanstack/react-router';
import { listHandOvers } from '#contract/handover.ts';
import { statusLabels } from '#domain/handover/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 参与的工作交接, newest first; nothing where there was none. */
export function HandOvers({ userId }: { userId: Id<'AppUser'> }) {
  const may = useMay()(listHandOvers.permission);
  const { data } = useRoute(listHandOvers, { query: { userId, limit: 50 } }, { enabled: may });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Section title="工作交接">
      <ul>{data.rows.map((row) => <li key={row.id}>{dateWords(row.plannedOn)}　{row.fromName}移交给{row.toName}，{statusLabels[row.status]}　<Link to={paths.handOver(row.id)}>打开</Link></li>)}</ul>
    </Section>
  );
}
