import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { exportPublications, listPublications, PublicationRow } from '#contract/publication.ts';
import { kindsFor, publicationKindLabels, publicationSubjects } from '#domain/publication/kind.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { PublicationStatusTag } from './status.tsx';

const columns = columnsOf(PublicationRow, ['title', 'kind', 'status', 'issuer', 'drafter', 'holder', 'reviewer', 'signer', 'issuedOn', 'untilOn', 'indexNo', 'createdAt'], {
  extra: ['drafter', 'reviewer', 'signer', 'createdAt'],
  cells: {
    title: (row) => <Link to={paths.publication(row.id)}>{row.title}</Link>, status: (row) => <PublicationStatusTag status={row.status} />,
    untilOn: (row) => (row.untilOn === null && row.status === 'published' ? '长期' : <DateText value={row.untilOn} />), indexNo: (row) => <span className="sz-nowrap">{row.indexNo ?? '—'}</span>,
  },
});

/** 公开事项列表. */
export function PublicationListPage() {
  const may = useMay();
  const level = useMe().data?.active?.level ?? 'county';
  return (
    <ListPage
      route={listPublications} exportRoute={exportPublications} title="公开发布" lead="拟稿、审核（含公开属性与保密审查）、签发三步走完才向公众公开；有误可以随时撤回。" columns={columns} rowKey={(row) => row.id}
      empty="还没有公开事项，可以先拟一份"
      buttons={<>
        {may('publication.draft') && kindsFor(level).filter((kind) => publicationSubjects[kind] !== 'overdue').map((kind) => <LinkButton key={kind} to={paths.publicationNew(kind)}>发布{publicationKindLabels[kind]}</LinkButton>)}
        <Button href={paths.publicItems}>看公开页</Button>
      </>}
      actions={(row) => <ActionLink to={paths.publication(row.id)}>{row.status === 'reviewing' || row.status === 'signing' ? '办理' : '查看'}</ActionLink>}
    />
  );
}
