import { HotlineSetting, listHotlineSettings, postHotlineHeading, postHotlineType, postHotlineWording } from '#contract/hotline.ts';
import { wordingFields } from '#domain/complaint/hotline/wording.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const wordingColumns = columnsOf(HotlineSetting, ['words', 'effectiveFrom', 'basis', 'setBy']);
const headingColumns = columnsOf(HotlineSetting, ['words', 'field', 'effectiveFrom', 'basis', 'setBy']);
const typeColumns = columnsOf(HotlineSetting, ['words', 'category', 'effectiveFrom', 'basis', 'setBy']);

/** 归类和口径: what the county agreed with its hotline, each line from a day on. */
export function SettingsPage() {
  const found = useRoute(listHotlineSettings);
  const today = useMe().data?.today;
  const first = today === undefined ? {} : { effectiveFrom: today };
  const rows = (kind: 'type' | 'wording' | 'heading') => found.data?.rows.filter((row) => row.kind === kind);
  const shared = { error: found.error, onRetry: () => void found.refetch() };
  return (
    <Page title="12345归类和口径" lead="答复按这里的口径复制、回传；诉求类型按这里的归类建件，文件里的列名按这里的约定认。新的一条从起用日期起算，以前的不变。" needs={[found]} actions={<LinkButton to={paths.hotline}>12345工单</LinkButton>}>
      <Section title="热线口径" note={<RouteDialog route={postHotlineWording} params={{}} words="登记口径" title="登记答复口径" submit="登记" done="已登记" first={{ ...first, words: rows('wording')?.[0]?.words ?? '' }} extras={{ words: { help: `可以用的栏目：${wordingFields.map((field) => `{${field}}`).join('')}` } }} />}>
        <Table name="热线口径" columns={wordingColumns} rows={rows('wording')} rowKey={(row) => row.id ?? 'default'} {...shared} empty="没有口径" />
      </Section>
      <Section title="诉求类型归类" note={<RouteDialog route={postHotlineType} params={{}} words="登记归类" title="登记诉求类型的归类" submit="登记" done="已登记" first={first} />}>
        <Table name="诉求类型归类" columns={typeColumns} rows={rows('type')} rowKey={(row) => row.id ?? row.words} {...shared} empty="还没有登记；导入时选定的会记在这里" />
      </Section>
      <Section title="列名约定" note={<RouteDialog route={postHotlineHeading} params={{}} words="登记列名" title="登记热线文件的列名" submit="登记" done="已登记" extras={{ words: { help: '照热线文件表头里的写法填写；同一个列名以最后登记的为准' } }} />}>
        <Table name="列名约定" columns={headingColumns} rows={rows('heading')} rowKey={(row) => row.id ?? row.words} {...shared} empty="还没有登记；导入时指认的列会记在这里" />
      </Section>
    </Page>
  );
}
