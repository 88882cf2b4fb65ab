import { Link } from '@tanstack/react-router';
import { exportIncomingLetters, IncomingLetter, listIncomingLetters, downloadIncomingLetter, putIncomingLetterAside, putIncomingLetterBack } from '#contract/incoming-letter.ts';
import { asideReasons } from '#domain/complaint/incoming.ts';
import { ActionButton, ActionLink } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import type { Answer } from '#contract/define-route.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { incomingStatusLabels } from '#domain/complaint/incoming.ts';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from '../ComplaintTabs.tsx';
import { LettersDrop } from './LettersDrop.tsx';

type Letter = Answer<typeof listIncomingLetters>['rows'][number];
const tones = { waiting: 'warn', unreadable: 'bad', registered: 'good', added: 'good', aside: 'plain' } as const;
const File = ({ of: { id, no } }: { of: { id: string | null; no: string } }) => (id === null ? <>{no}</> : <Link to={paths.complaint(id)}>{no}</Link>);

const columns = columnsOf(IncomingLetter, ['subject', 'sender', 'mail', 'receivedOn', 'fileCount', 'status', 'place'], {
  cells: {
    subject: (row) => <>{row.subject === '' ? '（没有主题）' : row.subject}{row.suggested !== null && <p className="sz-muted">像是对<File of={row.suggested} />的补充，{row.suggested.isSameSender ? '寄信人的邮箱与那一件一致' : '寄信人的邮箱与那一件不一致或者没有留，请核对'}</p>}</>,
    status: (row) => <><StatusTag tone={tones[row.status]}>{incomingStatusLabels[row.status]}</StatusTag>{row.complaint !== null && <> <File of={row.complaint} /></>}{row.asideReason !== null && <> {asideReasons[row.asideReason]}{row.asideNote === null ? '' : `：${row.asideNote}`}</>}{row.fault !== null && <p className="sz-muted">{row.fault}</p>}</>,
    sender: (row) => (row.sender === '' ? '—' : row.sender), mail: (row) => (row.mail === '' ? '—' : row.mail),
  },
});

/** 来信待登记: what came by e-mail, once each; nothing is registered without a person. */
export function IncomingLetterListPage() {
  return (
    <ListPage
      route={listIncomingLetters} exportRoute={exportIncomingLetters} title="来信待登记" lead="电子邮件来信先放在这里，逐封打开、核对后登记。收到日期按信到邮箱的那天算，办理期限从那天算起，不从登记的那天算。" columns={columns} rowKey={(row) => row.id} empty="没有等待登记的来信"
      actions={(row) => <Acts row={row} />}
    >
      <ComplaintTabs />
      <LettersDrop />
    </ListPage>
  );
}

function Acts({ row }: { row: Letter }) {
  const back = useMutationOf(putIncomingLetterBack);
  const params = { letterId: row.id };
  return (
    <>
      {row.can.open === true && <ActionLink to={paths.incomingLetter(row.id)}>打开登记</ActionLink>}
      {row.status === 'unreadable' && row.can.download === true && <DownloadLink href={apiUrl(downloadIncomingLetter, { params })}>下载原件</DownloadLink>}
      {row.can.setAside === true && <RouteDialog route={putIncomingLetterAside} params={params} version={row.version} words="不登记" title="这封来信不登记" submit="确认不登记" done="已标为不登记" isQuiet />}
      {row.can.bringBack === true && <ActionButton isQuiet isBusy={back.isPending} onClick={() => back.mutate({ params, version: row.version })}>移回待登记</ActionButton>}
    </>
  );
}
