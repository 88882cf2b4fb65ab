import { Link } from '@tanstack/react-router';
import { Alert, App, Checkbox, Progress } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { Answer } from '#contract/define-route.ts';
import { getPersonCopy, listPersonRecords, PersonLook, postPersonSearch, putErasureProposal, putPersonChoice, putRequestAnswer, type getPersonRequest, type PersonRecord } from '#contract/person-request.ts';
import { backupNote } from '#domain/privacy/limits.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
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
import { Corrections } from './Corrections.tsx';
import './privacy.css';

type Value = Answer<typeof getPersonRequest>;
type Found = Answer<typeof listPersonRecords>;
type Row = z.output<typeof PersonRecord>;
const looks = columnsOf(PersonLook, ['at', 'actorName', 'role', 'action', 'reason']);

/** 查到的本人信息: where, why, until when, what may go and what may not; what is only of the same name is ticked by a person. */
export function PersonRecords({ value }: { value: Value }) {
  const found = useRoute(listPersonRecords, { params: { requestId: value.id } }, { every: (data) => (data?.search.state === 'running' ? 1_000 : false) });
  return found.data === undefined
    ? <Section title="查到的信息"><Table name="查到的信息" columns={[]} rows={undefined} rowKey={() => ''} empty="" error={found.error} onRetry={() => void found.refetch()} /></Section>
    : <Choosing key={`${value.version} ${found.data.search.at ?? ''}`} value={value} found={found.data} />;
}

/** The form in which a record is corrected, by what the audit trail calls it. */
const forms: Readonly<Record<string, (id: string) => string>> = {
  Owner: paths.ownerEdit, Practitioner: paths.practitionerEdit, Contact: () => paths.directory, Committee: paths.committee, Estate: paths.estateEdit, Company: paths.companyEdit, Unit: paths.unitEdit, AppUser: paths.user, Part: paths.collectionPart, Paper: paths.paperEdit, Publication: paths.publicationEdit,
};
/** Pages of records that are looked at and not corrected. */
const doors: Readonly<Record<string, (id: string) => string>> = { 'registry.owner': paths.owner, 'registry.practitioner': paths.practitioner, 'paper.paper': paths.paper, 'paper.draft': paths.paper, 'publication.publication': paths.publication, 'publication.draft': paths.publication };

function Titled({ row, corrects }: { row: Row; corrects: boolean }) {
  const [kind = '', id = ''] = row.key.split(':');
  const [door, form] = [doors[kind], row.subject === null ? undefined : forms[row.subject.kind]];
  return (
    <>
      {door === undefined ? row.title : <Link to={door(id)}>{row.title}</Link>}
      {corrects && form !== undefined && row.subject !== null && <>{' '}<Link to={form(row.subject.id)} aria-label={`去更正${row.title}`}>去更正</Link></>}
    </>
  );
}

/** 查找进行到哪里: names and numbers are found at once, texts and what is sealed table by table. */
function SearchState({ value, search }: { value: Value; search: Found['search'] }) {
  const again = useMutationOf(postPersonSearch);
  const start = value.status === 'open' && <ActionButton isBusy={again.isPending} onClick={() => again.mutate({ params: { requestId: value.id } })}>重新查找</ActionButton>;
  if (search.state === 'running') {
    const percent = search.total === null || search.total === 0 ? 0 : Math.min(99, Math.floor((search.done * 100) / search.total));
    return <div role="status"><p>正在逐表查找文字记录和导入暂存的内容，按姓名、号码登记的已列在下面。可以离开本页，查完再来。</p><Progress percent={percent} aria-label="查找进度" /></div>;
  }
  if (search.state === 'failed') return <Alert type="error" showIcon role="alert" title="还没有查完全系统，不能答复或者删除。请重新查找。" action={start} />;
  return (
    <>
      <p className="sz-muted no-print">查到 <DateText value={search.at} /> 为止。{start}</p>
      {search.cut.length > 0 && <Alert type="warning" showIcon title={`${search.cut.join('、')}中写到同样姓名的太多，只列出一部分。请补填证件号或者电话，另行登记后查找。`} />}
    </>
  );
}

function Choosing({ value, found }: { value: Value; found: Found }) {
  const { message } = App.useApp();
  const [ticked, tick] = useState<readonly string[]>(found.rows.filter((row) => row.isChosen).map(({ key }) => key));
  const save = useMutationOf(putPersonChoice, () => { message.success('已保存，并按认定的记录重新查找'); });
  const isSearched = found.search.state === 'done';
  // Until all is searched nothing is ticked: what is found later would come in between.
  const isOpen = value.status === 'open' && isSearched;
  const params = { requestId: value.id };
  const chosen = [...ticked];
  const unsure = found.rows.filter((row) => row.match === 'check').length;
  const fields = (row: Row) => <ul className="sz-plain-list">{row.fields.map(({ name, value: shown }) => <li key={name}>{name}：{shown}</li>)}</ul>;
  const limits = (row: Row) => (row.keeps.length === 0 ? '—' : <ul className="sz-plain-list">{row.keeps.map((keep) => <li key={keep.what}>{keep.what}。依据{keep.basis}，保存到：{keep.until}</li>)}</ul>);
  return (
    <>
      <Section title="查到的信息" note="号码已遮盖；交给本人的导出文件里是完整的，只含本人自己的信息">
        <SearchState value={value} search={found.search} />
        {unsure > 0 && isOpen && <Alert type="warning" showIcon title={`有 ${unsure} 处只有姓名或电话相符，可能是别人。请逐条核对，是本人的才勾选。`} />}
        <Table
          name="查到的信息" rows={found.rows} rowKey={(row) => row.key} empty={isSearched ? '没有查到与所填姓名、号码相符的信息' : '正在查找'}
          columns={[
            { key: 'tick', title: '是本人', cell: (row) => <Checkbox checked={ticked.includes(row.key)} disabled={!isOpen} aria-label={`${row.title}是本人的`} onChange={(event) => tick(event.target.checked ? [...ticked, row.key] : ticked.filter((key) => key !== row.key))} /> },
            { key: 'title', title: '在哪里', cell: (row) => <div><Titled row={row} corrects={value.kind === 'correction' && value.status === 'open'} /><br /><StatusTag tone={row.match === 'check' ? 'warn' : 'good'}>{row.because}</StatusTag></div> },
            { key: 'fields', title: '内容', cell: fields }, { key: 'purpose', title: '为什么持有', cell: (row) => <div>{row.purpose}<br /><span className="sz-muted">{row.until}</span></div> },
            { key: 'erases', title: '可以删除', cell: (row) => row.erases ?? '—' }, { key: 'keeps', title: '不能删除及依据', cell: limits },
          ]}
        />
        <div className="sz-form-foot sz-request-foot no-print">
          {isOpen && found.rows.length > 0 && <ActionButton isBusy={save.isPending} onClick={() => save.mutate({ params, body: { chosen }, version: value.version })}>保存认定</ActionButton>}
          {isSearched && value.can.propose === true && <RouteDialog route={putErasureProposal} params={params} version={value.version} words={`提请删除勾选的 ${ticked.length} 处`} title="提请批准删除" submit="提请批准" done="已提请批准" fixed={{ chosen }} extras={{ ground: { help: '《个人信息保护法》第四十七条的情形' } }} />}
          {isSearched && <DownloadLink href={apiUrl(getPersonCopy, { params })}>导出给本人（xlsx）</DownloadLink>}
          {value.status === 'open' && (isSearched || value.kind === 'erasure') && <RouteDialog route={putRequestAnswer} params={params} version={value.version} words={value.kind === 'erasure' ? '不予办理' : '答复办结'} title="答复" submit="办结" done="已办结" ability={value.can.answer} first={{ result: value.kind === 'erasure' ? 'refused' : 'done' }} extras={{ outcome: { help: '不予办理的写明理由，并告知本人可以依法向人民法院提起诉讼（第五十条）' } }} />}
        </div>
        {value.kind === 'erasure' && <p className="sz-muted">{backupNote}</p>}
        {save.error !== null && <Alert type="error" showIcon role="alert" title={save.error.message} />}
      </Section>
      {value.kind === 'correction' && value.status === 'open' && (
        <Section title="已作的更正" note="登记请求以后在本人记录上作的更正，办结时一并记下；不记更正前后的内容"><Corrections rows={found.corrections} empty="还没有更正。点上面的“去更正”，改好后回到这里" /></Section>
      )}
      <Section title="谁看过" note="查看完整号码和导出给本人的记录"><Table name="谁看过" columns={looks} rows={found.looks} rowKey={(row) => `${row.at}${row.actorName}${row.action}`} empty="没有人看过完整号码" /></Section>
    </>
  );
}
