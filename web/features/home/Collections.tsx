import { Link } from '@tanstack/react-router';
import { listCollections } from '#contract/collection.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

const SHOWN = 5;
const soonest = <Row extends { readonly dueOn: LocalDate }>(rows: readonly Row[]): readonly Row[] => rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)).slice(0, SHOWN);

/** 下发中的采集任务: how many answered of how many, and the last days; nobody is named or ranked. */
export function SentDown() {
  const tasks = useRoute(listCollections, { query: { status: 'issued', limit: 50 } }).data;
  if (tasks === undefined || tasks.rows.length === 0) return null;
  return (
    <Section title="下发的采集任务" note={`采集中 ${tasks.total} 件`} actions={<LinkButton to={paths.collections}>全部</LinkButton>}>
      <ul className="sz-mend">
        {soonest(tasks.rows).map((task) => (
          <li key={task.id}>
            <span><Link to={paths.collection(task.id)}>{task.title}</Link>　<span className="sz-muted">{task.issuerName}</span></span>
            <span><Link className="sz-action sz-number" to={paths.collection(task.id)}>已提交 {task.answeredCount}/{task.partCount}</Link>　<span className="sz-muted">{dateText(task.dueOn)}截止，{dateText(task.endsOn)}自动结束</span></span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
