import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { chaseCollection, sendBackPart } from '#contract/collection.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { paths } from '#web/paths.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { answerWords, PartTag, type CollectionValue } from './words.tsx';

/** So many at first: hundreds of rows with their buttons would keep an old computer busy. */
const AT_FIRST = 100;

/** 各单位: who answered, who not, who is late; those not answered are reminded by the inbox or by what is pasted into WeChat. */
export function Parts({ value }: { value: CollectionValue }) {
  const { message } = App.useApp();
  const field = useId();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const chase = useMutationOf(chaseCollection, ({ chased }) => message.success(chased.length === 0 ? '没有要催的：都已提交，或今天已经催过' : `已催办 ${chased.length} 个单位`));
  const open = value.parts.filter(({ state }) => state !== 'answered');
  const [q, type] = useState('');
  const [most, setMost] = useState(AT_FIRST);
  const found = (onlyOpen ? open : value.parts).filter(({ recipientName }) => recipientName.includes(q.trim()));
  const shown = found.slice(0, most);
  const params = { collectionId: value.id };
  return (
    <Section title="各单位" note={`共 ${value.partCount} 份，已提交 ${value.answeredCount}，未提交 ${value.partCount - value.answeredCount}，其中逾期 ${value.overdueCount}`} actions={<>
      <Button aria-pressed={onlyOpen} onClick={() => setOnlyOpen(!onlyOpen)}>{onlyOpen ? '看全部' : '只看未提交的'}</Button>
      <ActionButton ability={value.can.chase} isBusy={chase.isPending} onClick={() => chase.mutate({ params, body: { partIds: null } })}>催办未提交的</ActionButton>
    </>}>
      <ShareBar name={`${value.title}：填报情况`} of="collection-parts" text={() => chaseText(value)} />
      {value.parts.length > AT_FIRST && <div className="sz-form-foot no-print"><label htmlFor={field}>查找单位</label><Input id={field} style={{ maxWidth: 220 }} value={q} onChange={(event) => type(event.target.value)} /></div>}
      {chase.error !== null && <Alert type="error" showIcon role="alert" title="没有催办" description={chase.error.message} />}
      <div id="collection-parts" className="sz-table-scroll" tabIndex={0} role="region" aria-label="各单位列表">
        <table className="sz-table">
          <thead><tr><th scope="col">对象</th><th scope="col">状态</th><th scope="col" className="sz-number">行数</th><th scope="col">填报</th><th scope="col" className="sz-number">不一致</th><th scope="col">最近催办</th><th scope="col" className="no-print">操作</th></tr></thead>
          <tbody>
            {shown.map((part) => (
              <tr key={part.id}>
                <td data-title="对象">{part.recipientName}</td><td data-title="状态"><PartTag state={part.state} /></td><td data-title="行数" className="sz-number">{part.rowCount}</td>
                <td data-title="填报">{part.answers.length === 0 ? (part.returnedReason ?? '—') : part.answers.map(answerWords).join('；')}</td><td data-title="不一致" className="sz-number">{part.openConflicts === 0 ? '—' : part.openConflicts}</td><td data-title="最近催办"><DateText value={part.chasedOn} /></td>
                <td data-title="操作" className="sz-row-actions no-print">
                  {part.state === 'answered' ? <RouteDialog route={sendBackPart} params={{ ...params, partId: part.id }} version={part.version} words="退回" title={`退回${part.recipientName}重填`} submit="退回重填" done="已退回" isQuiet ability={part.can.sendBack} />
                    : <ActionButton isQuiet ability={part.can.chase} onClick={() => chase.mutate({ params, body: { partIds: [part.id] } })}>催办</ActionButton>}
                  {value.isByLink && <LinkDialog value={value} part={part} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.length > shown.length && <div className="sz-form-foot no-print"><Button onClick={() => setMost(most + AT_FIRST)}>再看 {Math.min(AT_FIRST, found.length - shown.length)} 个</Button><span className="sz-muted">已列出 {shown.length} / {found.length}</span></div>}
    </Section>
  );
}

/** 催办文字, to be pasted into a group: what, by when, on what ground, and who is awaited. */
function chaseText(value: CollectionValue): string {
  const open = value.parts.filter(({ state }) => state !== 'answered').map(({ recipientName }) => recipientName);
  return [
    `【采集任务】${value.title}`, `下发单位：${value.issuerName}`, `依据：${value.ground}${value.clause === null ? '' : `（${value.clause}）`}`, `截止：${dateWords(value.dueOn)}`,
    open.length === 0 ? '已全部提交，谢谢。' : `还没有提交：${open.join('、')}`, `填报：登录后打开 ${window.location.origin}${paths.collectionParts}，没有变化的点“无变化”即可。`,
  ].join('\n');
}
