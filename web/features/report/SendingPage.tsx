import { Link } from '@tanstack/react-router';
import type { Id } from '#domain/kernel/brand.ts';
import { getReportSending, getReportSendingFile, getReportSendingRows, ReportSending } from '#contract/report.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { Facts, factsText } from '#web/kit/Facts.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { Subjects } from './CellFacts.tsx';
import { Filled } from './Filled.tsx';
import { filledText } from './filled-text.ts';

const names = ['title', 'asOfOn', 'knownOn', 'reportedTo', 'signer', 'filler', 'sentAt', 'sentBy', 'fileName', 'fileHash', 'correction'] as const;

/** 已上报的表: as it was sent; the download is the same bytes, and every number opens the records that stood behind it then. */
export function SendingPage() {
  const sendingId = useParam('Sending', 'sendingId');
  const sending = useRoute(getReportSending, { params: { sendingId } });
  const value = sending.data;
  return (
    <Page
      title="已上报的表" lead={value?.title} needs={[sending]}
      actions={value !== undefined && <>
        <DownloadLink href={apiUrl(getReportSendingFile, { params: { sendingId } })}>下载上报的文件</DownloadLink>
        <ActionLink to={`${paths.reportFilling(value.formId)}?corrects=${value.id}&on=${value.asOfOn}`} isButton ability={value.can.correct}>更正</ActionLink>
      </>}
    >
      {value !== undefined && (
        <>
          {value.correctedById !== null && <p className="sz-notice" role="status">这次上报已被更正：<Link className="sz-action" to={paths.reportSending(value.correctedById)}>打开更正后的上报</Link></p>}
          {value.correctsId !== null && <p className="sz-notice">这是对<Link className="sz-action" to={paths.reportSending(value.correctsId)}>前一次上报</Link>的更正：{value.correction}</p>}
          <ShareBar name={`${value.title}（截至${dateWords(value.asOfOn)}）`} of="sending" text={() => `${factsText(ReportSending, value, names)}\n${filledText(value.title, { ...value, on: value.asOfOn })}`} />
          <div id="sending">
            <Section title="上报内容" note="已固定"><Facts of={ReportSending} value={value} names={names} /></Section>
            <Filled name={value.title} filled={value} rowsOf={(cell) => <SendingRows sendingId={sendingId} sheet={cell.sheet} cell={cell.address} />} />
          </div>
        </>
      )}
    </Page>
  );
}

function SendingRows({ sendingId, sheet, cell }: { sendingId: Id<'Sending'>; sheet: number; cell: string }) {
  return <Subjects address={cell} asked={useRoute(getReportSendingRows, { params: { sendingId }, query: { sheet, cell } })} />;
}
