import { Link } from '@tanstack/react-router';
import { Alert, App, Checkbox } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { Answer } from '#contract/define-route.ts';
import { getPersonCopy, listPersonRecords, PersonLook, putErasureProposal, putPersonChoice, putRequestAnswer, type getPersonRequest, type PersonRecord } from '#contract/person-request.ts';
import { backupNote } from '#domain/privacy/limits.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import './privacy.css';

type Value = Answer<typeof getPersonRequest>;
type Found = Answer<typeof listPersonRecords>;
type Row = z.output<typeof PersonRecord>;
const looks = columnsOf(PersonLook, ['at', 'actorName', 'role', 'action', 'reason']);

/** 查到的本人信息: where, why, until when, what may go and what may not; what is only of the same name is ticked by a person. */
export function PersonRecords({ value }: { value: Value }) {
  const found = useRoute(listPersonRecords, { params: { requestId: value.id } });
  return found.data === undefined
    ? <Section title="查到的信息"><Table name="查到的信息" columns={[]} rows={undefined} rowKey={() => ''} empty="" error={found.error} onRetry={() => void found.refetch()} /></Section>
    : <Choosing key={value.version} value={value} found={found.data} />;
}

/** Where a record can be opened and corrected, by its kind. */
const doors: Readonly<Record<string, (id: string) => string>> = { 'registry.owner': paths.owner, 'registry.practitioner': paths.practitioner, 'paper.paper': paths.paper, 'paper.draft': paths.paper, 'publication.publication': paths.publication, 'publication.draft': paths.publication };

function Titled({ row }: { row: Row }) {
  const [kind = '', id = ''] = row.key.split(':');
  const door = doors[kind];
  return door === undefined ? row.title : <Link to={door(id)}>{row.title}</Link>;
}

function Choosing({ value, found }: { value: Value; found: Found }) {
  const { message } = App.useApp();
  const [ticked, tick] = useState<readonly string[]>(found.rows.filter((row) => row.isChosen).map(({ key }) => key));
  const save = useMutationOf(putPersonChoice, () => { message.success('已保存，并按认定的记录重新查找'); });
  const isOpen = value.status === 'open';
  const params = { requestId: value.id };
  const chosen = [...ticked];
  const unsure = found.rows.filter((row) => row.match === 'check').length;
  const fields = (row: Row) => <ul className="sz-plain-list">{row.fields.map(({ name, value: shown }) => <li key={name}>{name}：{shown}</li>)}</ul>;
  const limits = (row: Row) => (row.keeps.length === 0 ? '—' : <ul className="sz-plain-list">{row.keeps.map((keep) => <li key={keep.what}>{keep.what}。依据{keep.basis}，保存到：{keep.until}</li>)}</ul>);
  return (
    <>
      <Section title="查到的信息" note="号码已遮盖；交给本人的导出文件里是完整的，只含本人自己的信息">
        {unsure > 0 && isOpen && <Alert type="warning" showIcon title={`有 ${unsure} 处只有姓名或电话相符，可能是别人。请逐条核对，是本人的才勾选。`} />}
        <Table
          name="查到的信息" rows={found.rows} rowKey={(row) => row.key} empty="没有查到与所填姓名、号码相符的信息"
          columns={[
            { key: 'tick', title: '是本人', cell: (row) => <Checkbox checked={ticked.includes(row.key)} disabled={!isOpen} aria-label={`${row.title}是本人的`} onChange={(event) => tick(event.target.checked ? [...ticked, row.key] : ticked.filter((key) => key !== row.key))} /> },
            { key: 'title', title: '在哪里', cell: (row) => <div><Titled row={row} /><br /><StatusTag tone={row.match === 'check' ? 'warn' : 'good'}>{row.because}</StatusTag></div> },
            { key: 'fields', title: '内容', cell: fields }, { key: 'purpose', title: '为什么持有', cell: (row) => <div>{row.purpose}<br /><span className="sz-muted">{row.until}</span></div> },
            { key: 'erases', title: '可以删除', cell: (row) => row.erases ?? '—' }, { key: 'keeps', title: '不能删除及依据', cell: limits },
          ]}
        />
        <div className="sz-form-foot sz-request-foot no-print">
          {isOpen && found.rows.length > 0 && <ActionButton isBusy={save.isPending} onClick={() => save.mutate({ params, body: { chosen }, version: value.version })}>保存认定</ActionButton>}
          {value.can.propose === true && <RouteDialog route={putErasureProposal} params={params} version={value.version} words={`提请删除勾选的 ${ticked.length} 处`} title="提请批准删除" submit="提请批准" done="已提请批准" fixed={{ chosen }} extras={{ ground: { help: '《个人信息保护法》第四十七条的情形' } }} />}
          <DownloadLink href={apiUrl(getPersonCopy, { params })}>导出给本人（xlsx）</DownloadLink>
          {isOpen && <RouteDialog route={putRequestAnswer} params={params} version={value.version} words={value.kind === 'erasure' ? '不予办理' : '答复办结'} title="答复" submit="办结" done="已办结" ability={value.can.answer} first={{ result: value.kind === 'erasure' ? 'refused' : 'done' }} extras={{ outcome: { help: '不予办理的写明理由，并告知本人可以依法向人民法院提起诉讼（第五十条）' } }} />}
        </div>
        {value.kind === 'erasure' && <p className="sz-muted">{backupNote}</p>}
        {save.error !== null && <Alert type="error" showIcon role="alert" title={save.error.message} />}
      </Section>
      <Section title="谁看过" note="查看完整号码和导出给本人的记录"><Table name="谁看过" columns={looks} rows={found.looks} rowKey={(row) => `${row.at}${row.actorName}${row.action}`} empty="没有人看过完整号码" /></Section>
    </>
  );
}
