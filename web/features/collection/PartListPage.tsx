import { Link } from '@tanstack/react-router';
import { CollectionPart, exportCollectionParts, listCollectionParts } from '#contract/collection.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { PartTag } from './words.tsx';

const columns = columnsOf(CollectionPart, ['title', 'state', 'dueOn', 'issuerName', 'rowCount', 'answeredAt'], {
  cells: { title: (row) => <Link to={paths.collectionPart(row.id)}>{row.title}</Link>, state: (row) => <PartTag state={row.state} /> },
});

/** 待填任务: what is asked of this body or company. */
export function PartListPage() {
  return <ListPage route={listCollectionParts} title="待填任务" lead="上级要填的表。台账里有的已经填好，没有变化的点一下“无变化”就行。" columns={columns} rowKey={(row) => row.id} empty="没有要填的任务" exportRoute={exportCollectionParts} />;
}
