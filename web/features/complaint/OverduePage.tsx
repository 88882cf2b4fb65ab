import { Link, useNavigate } from '@tanstack/react-router';
import { exportOverdue, getOverdue, OverdueLine, postOverdueReading } from '#contract/complaint-overdue.ts';
import { groupings, groupingTitles, type Grouping } from '#domain/complaint/overdue.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const ways: readonly Grouping[] = ['category', 'township', 'company'];
const isWay = (text: string | undefined): text is Grouping => ways.some((way) => way === text);
/** The rows behind a line: the list under the same conditions. */
const behind = (by: Grouping, key: string): string => `${paths.complaints}?${new URLSearchParams({ lamp: 'red', ...(by === 'category' ? { group: key } : by === 'township' ? { townshipId: key } : key === 'none' ? { lacks: 'company' } : { servingId: key }) }).toString()}`;

/** 逾期件数: for the office itself; the public sees what was decided to be published. */
export function OverduePage() {
  const [{ by: asked }] = useUrlState();
  const by = isWay(asked) ? asked : 'category';
  const found = useRoute(getOverdue, { query: { by } });
  const may = useMay();
  const level = useMe().data?.active?.level;
  const navigate = useNavigate();
  const columns = columnsOf(OverdueLine, ['label', 'count'], { cells: { count: (row) => (row.count === 0 || (by === 'township' && row.key === 'none') ? row.count : <Link to={behind(by, row.key)}>{row.count}</Link>) } }).map((column) => (column.key === 'label' ? { ...column, title: groupingTitles[by] } : column));
  return (
    <Page title="投诉逾期件数" lead="超过办理期限还没有办的投诉件，只供内部掌握。点件数看是哪些件。" needs={[found]} actions={ways.map((way) => <LinkButton key={way} to={`${paths.complaintOverdue}?by=${way}`} isPrimary={way === by}>{groupings[way]}</LinkButton>)}>
      <Section title={groupings[by]}>
        {found.data !== undefined && <p>共 {found.data.total} 件。{found.data.total > 0 && <>　<LinkButton to={`${paths.complaints}?lamp=red`}>看全部逾期件</LinkButton></>}</p>}
        <Table name={`投诉逾期件数${groupings[by]}`} columns={columns} rows={found.data?.lines} rowKey={(row) => row.key} error={found.error} onRetry={() => void found.refetch()} empty="没有逾期的投诉件" tools={<ExportButton route={exportOverdue} filtered={{ by }} />} />
      </Section>
      {level === 'county' && may('publication.draft') && found.data !== undefined && (
        <Section title="向公众公开">
          <p>公开要拟稿、审核、签发。按现在的件数固定；少于{found.data.least}件的并入“其他”，不写人名、小区；发布后可以撤回。</p>
          <RouteDialog route={postOverdueReading} params={{}} fixed={{ by }} words="拟公开稿" title={`固定现在的件数（${groupings[by]}），拟公开稿`} submit="固定并拟稿" done="已固定" onDone={({ id }) => void navigate({ to: paths.publicationNew(`overdue-${by}`), search: { subjectId: id } })} />
        </Section>
      )}
    </Page>
  );
}
