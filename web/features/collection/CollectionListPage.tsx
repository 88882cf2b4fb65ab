import { Link } from '@tanstack/react-router';
import { Collection, exportCollections, listCollections, postCollection } from '#contract/collection.ts';
import { numberWords } from '#web/kit/schema/words.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { CollectionTag } from './words.tsx';

const columns = columnsOf(Collection, ['title', 'state', 'recipientKind', 'dueOn', 'partCount', 'answeredCount', 'overdueCount', 'issuerName', 'createdBy', 'holder'], {
  extra: ['createdBy'],
  cells: {
    partCount: (row) => <Link to={paths.collection(row.id)}>{numberWords(row.partCount)}</Link>, answeredCount: (row) => <Link to={paths.collection(row.id)}>{numberWords(row.answeredCount)}</Link>, overdueCount: (row) => <Link to={paths.collection(row.id)}>{numberWords(row.overdueCount)}</Link>,
    title: (row) => <Link to={paths.collection(row.id)}>{row.title}</Link>, state: (row) => <CollectionTag state={row.state} />,
  },
});

/** 采集任务: what was asked of townships, neighbourhoods and companies. */
export function CollectionListPage() {
  return (
    <ListPage
      route={listCollections} title="采集任务" lead="向乡镇街道、社区、企业要几栏数据：先看台账里有没有，没有的再要。" columns={columns} rowKey={(row) => row.id} empty="还没有采集任务。要向下要数据时，点“拟采集任务”。"
      exportRoute={exportCollections} create={{ to: paths.collectionNew, words: '拟采集任务', permission: postCollection.permission }}
    />
  );
}
