import { Link, useNavigate } from '@tanstack/react-router';
import { App, Popconfirm, Button } from 'antd';
import { closeCollection, CollectionDetail, copyCollection, exportCollectionBoard, getCollection, issueCollection, postReturnedFiles, withdrawCollection } from '#contract/collection.ts';
import { columnKinds, recipientKinds, rowUnits } from '#domain/collection/column.ts';
import { ActionButton, ActionLink } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { BoardTable } from './BoardTable.tsx';
import { Conflicts } from './Conflicts.tsx';
import { Differences } from './Differences.tsx';
import { Parts } from './Parts.tsx';
import { ReturnedFiles } from './ReturnedFiles.tsx';
import { CollectionTag, type CollectionValue } from './words.tsx';
import './collection.css';

/** 采集任务: a draft to be checked and sent down, then the board of what comes in. */
export function CollectionPage() {
  const collectionId = useParam('Collection', 'collectionId');
  const found = useRoute(getCollection, { params: { collectionId } });
  const value = found.data;
  return (
    <Page title={value?.title ?? '采集任务'} lead={value && <CollectionTag state={value.state} />} needs={[found]} actions={value !== undefined && <Acts value={value} />}>
      {value !== undefined && <>
        <Section title="任务">
          <Facts of={CollectionDetail} value={value} names={['issuerName', 'ground', 'clause', 'dueOn', 'endsOn', 'createdBy', 'holder', 'issuedAt', 'note', ...(value.rowsOnly === null ? [] : ['rowsOnly' as const]), ...(value.closedReason === null ? [] : ['closedReason' as const])]} more={[{ title: '发给', value: `${recipientKinds[value.recipientKind]}，${value.recipientIds.length} 个，${rowUnits[value.rowUnit]}` }, { title: '链接填报', value: value.isByLink ? '允许，不用登录' : '不允许' }]} />
        </Section>
        {value.state === 'draft' || value.issuedAt === null ? <Asked value={value} /> : <Board value={value} />}
        <Section title="操作历史"><History entries={value.history} /></Section>
      </>}
    </Page>
  );
}

function Acts({ value }: { value: CollectionValue }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const params = { collectionId: value.id };
  const issue = useMutationOf(issueCollection, (sent) => message.success(`已下发 ${sent.partCount} 份`));
  const close = useMutationOf(closeCollection, () => message.success('已结束'));
  const copy = useMutationOf(copyCollection, (made) => void navigate({ to: paths.collectionEdit(made.id) }));
  const failed = issue.error ?? close.error ?? copy.error;
  return (
    <>
      {value.state === 'draft' && <ActionLink to={paths.collectionEdit(value.id)} isButton ability={value.can.edit}>修改</ActionLink>}
      {value.state === 'draft' && (value.can.issue === true
        ? <Popconfirm title="下发这个采集任务？" description="下发后内容不能再改，对方马上收到通知。" okText="下发" cancelText="再看看" onConfirm={() => issue.mutate({ params, version: value.version, body: {} })}><Button type="primary" loading={issue.isPending}>下发</Button></Popconfirm>
        : <ActionButton ability={value.can.issue} onClick={() => undefined}>下发</ActionButton>)}
      {value.issuedAt !== null && <DownloadLink href={apiUrl(exportCollectionBoard, { params })}>导出合并表</DownloadLink>}
      {value.issuedAt !== null && <ActionButton ability={value.can.copy} isBusy={copy.isPending} onClick={() => copy.mutate({ params, body: {} })}>再发一次</ActionButton>}
      {value.issuedAt !== null && <ActionButton ability={value.can.close} isBusy={close.isPending} onClick={() => close.mutate({ params, version: value.version, body: {} })}>结束</ActionButton>}
      <RouteDialog route={withdrawCollection} params={params} version={value.version} words="撤回" title="撤回采集任务" submit="撤回" done="已撤回" isDanger ability={value.can.withdraw} />
      {failed !== null && <p className="sz-error" role="alert">{failed.message}</p>}
    </>
  );
}

/** 草稿: what would be asked, and what of it the books know already. */
function Asked({ value }: { value: CollectionValue }) {
  return (
    <Section title="要填的栏目" note="下发前再看一眼：台账里有的，对方只要核对">
      {value.sending !== null && <p>下发后一共 {value.sending.parts} 份、{value.sending.rows} 行{value.rowsOnly === null ? '' : `，只列${value.rowsOnly}`}。</p>}
      {value.sending !== null && value.sending.without.length > 0 && <p className="sz-notice" role="status">没有可填的行、不会收到这个任务的有 {value.sending.without.length} 个：{namedShortly(value.sending.without)}。</p>}
      <ul>
        {value.columns.map((column) => {
          const known = value.known.find(({ field }) => field === column.field);
          return <li key={column.key}><strong>{column.title}</strong>（{columnKinds[column.kind]}{column.isRequired ? '，必填' : ''}）{known === undefined ? '：台账里没有' : `：台账已有 ${known.known}/${known.total}`}{known !== undefined && known.known === known.total && known.total > 0 ? '，确需再要？' : ''}</li>;
        })}
      </ul>
    </Section>
  );
}

function Board({ value }: { value: CollectionValue }) {
  return (
    <>
      <Parts value={value} />
      {value.can.decide === true && <Section title="收回交来的表" note="下级用微信、邮件交回来的表，可以一次放几个"><ReturnedFiles route={postReturnedFiles} params={{ collectionId: value.id }} words="把收到的表拖到这里，可以一次拖几个" isMany /></Section>}
      <Conflicts collectionId={value.id} ability={value.can.decide} />
      <Section title="合并表"><BoardTable collectionId={value.id} /></Section>
      <Differences collectionId={value.id} />
      {value.state === 'ended' && <p className="sz-muted">已到自动结束日期，不再收填报。需要再要的，点<Link to={paths.collections}>采集任务</Link>里的“再发一次”。</p>}
    </>
  );
}

const NAMED = 20;
const namedShortly = (names: readonly string[]): string => (names.length <= NAMED ? names.join('、') : `${names.slice(0, NAMED).join('、')}等`);
