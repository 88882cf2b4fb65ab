import { Link } from '@tanstack/react-router';
import { exportPapers, listPapers, PaperRow } from '#contract/paper.ts';
import { paperKindLabels } from '#domain/paper/template.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { PaperStatusTag } from './status.tsx';

const columns = columnsOf(PaperRow, ['number', 'title', 'kind', 'status', 'issuer', 'estate', 'issuedOn', 'signer', 'drafter', 'holder', 'createdAt'], {
  extra: ['issuer', 'signer', 'drafter', 'createdAt'],
  cells: {
    title: (row) => <Link to={paths.paper(row.id)}>{row.title}</Link>,
    status: (row) => <PaperStatusTag status={row.status} />,
    estate: (row) => (row.estate === null ? '—' : <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link>),
  },
});

/** 文书列表. */
export function PaperListPage() {
  const may = useMay();
  return (
    <ListPage
      route={listPapers} exportRoute={exportPapers} title="文书" lead="拟稿、签发、作废三步。字号在签发时按顺序取得，作废的字号保留，不再使用。" without={['estateId']} columns={columns} rowKey={(row) => row.id}
      empty="还没有文书，可以先拟一份"
      buttons={<>
        {may('paper.draft') && Object.entries(paperKindLabels).map(([kind, words]) => <LinkButton key={kind} to={paths.paperNew(kind)}>拟{words}</LinkButton>)}
        <LinkButton to={paths.issuerCodes}>机关代字与字号</LinkButton>
      </>}
      actions={(row) => <ActionLink to={paths.paper(row.id)}>{row.can.issue === true ? '核稿、签发' : '查看'}</ActionLink>}
    />
  );
}
