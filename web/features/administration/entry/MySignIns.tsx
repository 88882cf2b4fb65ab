import { exportMySignIns, listMySignIns } from '#contract/administration/sign-in.ts';
import { Section } from '#web/kit/Page.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { usePage } from '#web/kit/table/use-page.tsx';
import { signInColumns } from './SignInColumns.tsx';

/** 本人的登录记录: every try, failed ones too. */
export function MySignIns() {
  const list = usePage(listMySignIns, {});
  return (
    <Section title="登录记录" note="没有成功的也在内" actions={<ExportButton route={exportMySignIns} filtered={list.filtered} />}>
      {list.filters}
      <Table name="登录记录" keep="/me/sign-ins" columns={signInColumns} rows={list.rows} rowKey={(row) => row.id} error={list.query.error} onRetry={() => void list.query.refetch()} empty="没有符合条件的登录记录" />
      {list.pager}
    </Section>
  );
}
