import { App } from 'antd';
import { useRef } from 'react';
import { CollectionPartDetail, getCollectionFile, getCollectionPart, handInCollectionAnswer, postCollectionFile, saveCollectionAnswer, takeBackCollectionAnswer } from '#contract/collection.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { FillGrid, type PartValue } from './FillGrid.tsx';
import { ReturnedFiles } from './ReturnedFiles.tsx';
import { answerWords, PartTag } from './words.tsx';
import './collection.css';

/** 填报: what is asked and why, the prefilled table, or the same as a workbook. */
export function PartPage() {
  const partId = useParam('Part', 'partId');
  const part = useRoute(getCollectionPart, { params: { partId } });
  return (
    <Page title={part.data?.title ?? '填报'} lead={part.data === undefined ? undefined : <>{part.data.recipientName}　<PartTag state={part.data.state} /></>} needs={[part]}>
      {part.data !== undefined && <Filling part={part.data} />}
    </Page>
  );
}

function Filling({ part }: { part: PartValue }) {
  const { message } = App.useApp();
  const params = { partId: part.id };
  // The draft of this browser goes before the page is asked anew: else it would be taken for something typed since.
  const drop = useRef<() => void>(() => undefined);
  const settled = (words: string) => () => { drop.current(); void message.success(words); };
  const save = useMutationOf(saveCollectionAnswer, settled('已保存，还没有提交'));
  const hand = useMutationOf(handInCollectionAnswer, settled('已提交，结束前可以收回'));
  const back = useMutationOf(takeBackCollectionAnswer, () => message.success('已收回，改好后请重新提交'));
  return (
    <>
      {part.returnedReason !== null && <p className="sz-notice" role="status">退回重填：{part.returnedReason}</p>}
      <Section title="要求"><Facts of={CollectionPartDetail} value={part} names={['issuerName', 'ground', 'clause', 'dueOn', 'endsOn', ...(part.rowsOnly === null ? [] : ['rowsOnly' as const]), 'note']} /></Section>
      <Section title="填报" note={part.isHandedIn ? '已提交' : typeof part.can.answer === 'string' ? part.can.answer : `${part.rows.length} 行`} actions={part.isHandedIn && <ActionButton ability={part.can.takeBack} isBusy={back.isPending} onClick={() => back.mutate({ params, version: part.version, body: {} })}>收回修改</ActionButton>}>
        <FillGrid
          key={`${part.version}`} part={part} keep={`collection-part ${part.id}`} isBusy={save.isPending || hand.isPending} error={hand.error ?? save.error ?? back.error}
          onSave={(values, done) => { drop.current = done; save.mutate({ params, version: part.version, body: { values } }); }} onHandIn={(values, isUnchanged, done) => { drop.current = done; hand.mutate({ params, version: part.version, body: { values, isUnchanged } }); }}
        />
      </Section>
      <Section title="也可以用表填" note="下载的表里已填好台账所载的内容" actions={<DownloadLink href={apiUrl(getCollectionFile, { params })}>下载要填的表</DownloadLink>}>
        {part.collectionState === 'issued' && <ReturnedFiles route={postCollectionFile} params={params} words="把填好的表拖到这里" isMany={false} />}
      </Section>
      {part.answers.length > 0 && <Section title="已交的填报"><ul>{part.answers.map((one) => <li key={one.id}>{answerWords(one)}</li>)}</ul></Section>}
    </>
  );
}
