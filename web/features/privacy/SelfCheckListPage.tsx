import { Link } from '@tanstack/react-router';
import { listSelfChecks } from '#contract/privacy.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

/** 历年合规自查, and this year's where it is still to be signed. */
export function SelfCheckListPage() {
  const checks = useRoute(listSelfChecks);
  const value = checks.data;
  const years = value === undefined ? [] : [value.thisYear, value.thisYear - 1].filter((year) => !value.rows.some((row) => row.year === year));
  return (
    <Page title="合规自查" lead="每年一次，对照《个人信息保护法》和合规审计的规定逐项回答，系统先列出自己的数据；签署后固定。" needs={[checks]} actions={<>{years.map((year) => <LinkButton key={year} to={paths.selfCheck(String(year))} isPrimary={year === value?.thisYear}>{`填写${year}年自查`}</LinkButton>)}<LinkButton to={paths.personalData}>个人信息清单</LinkButton></>}>
      <Table
        name="历年合规自查" rows={value?.rows} rowKey={(row) => String(row.year)} empty="还没有签署过自查"
        columns={[{ key: 'year', title: '年份', cell: (row) => <Link to={paths.selfCheck(String(row.year))}>{row.year}年</Link> }, { key: 'signer', title: '签署人', cell: (row) => row.signer }, { key: 'at', title: '签署时间', cell: (row) => <DateText value={row.signedAt} /> }]}
      />
    </Page>
  );
}
