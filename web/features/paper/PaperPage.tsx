import { FilePdfOutlined, FileWordOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { downloadPdf, downloadWord, getPaper, Paper, putCancellation, putDiscard, putIssuance } from '#contract/paper.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { PaperSheet } from './PaperSheet.tsx';
import { PaperStatusTag } from './status.tsx';

type Value = Answer<typeof getPaper>;

/** 一份文书: what it says, its state, and what may be done. */
export function PaperPage() {
  const paperId = useParam('Paper', 'paperId');
  const paper = useRoute(getPaper, { params: { paperId } });
  const value = paper.data;
  return (
    <Page title={value?.title ?? '文书'} needs={[paper]} lead={value !== undefined && <PaperStatusTag status={value.status} />} actions={value !== undefined && <Actions paper={value} />}>
      {value !== undefined && (
        <>
          {!value.isIntact && <Alert type="error" showIcon title="与签发时不一致" description="这份文书重新生成的文字与签发时的不同，已停止下载，请联系系统管理员。" />}
          {value.status === 'cancelled' && <Alert type="warning" showIcon title="已作废，字号保留" description={value.cancelReason} />}
          {value.status === 'draft' && <p className="sz-muted">签发前可以修改；签发时取得字号并固定内容。印章和签名在打印后加盖、签写，系统只标出位置。</p>}
          <Section title="办理情况">
            <Facts
              of={Paper} value={value} names={['number', 'kind', 'layout', 'issuer', 'issuedOn', 'signer', 'drafter', 'holder', 'createdAt', 'verifyCode', 'checkCode']}
              more={[...(value.estate === null ? [] : [{ title: '所涉小区', value: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link> }]), ...(value.verifyUrl === null ? [] : [{ title: '核验地址', value: <a href={value.verifyUrl}>{value.verifyUrl}</a> }])]}
            />
          </Section>
          <ShareBar name={value.title} of="paper-sheet" text={() => shareText(value)} />
          <PaperSheet paper={value.document} id="paper-sheet" />
          {value.history.length > 0 && <Section title="操作历史"><History entries={value.history} /></Section>}
        </>
      )}
    </Page>
  );
}

function Actions({ paper }: { paper: Value }) {
  const me = useMe();
  const may = useMay();
  const params = { paperId: paper.id };
  const shared = { params, version: paper.version };
  return (
    <>
      <DownloadLink href={apiUrl(downloadPdf, { params })} icon={<FilePdfOutlined />}>下载 PDF</DownloadLink>
      <DownloadLink href={apiUrl(downloadWord, { params })} icon={<FileWordOutlined />}>下载 Word</DownloadLink>
      {paper.status === 'draft' && <ActionLink to={paths.paperEdit(paper.id)} ability={paper.can.edit} isButton>修改</ActionLink>}
      {paper.status === 'draft' && <RouteDialog route={putIssuance} {...shared} words="签发" title="签发文书" submit="签发" done="已签发，取得字号" ability={paper.can.issue} first={{ signer: me.data?.user.name ?? '' }} extras={{ signer: { help: '签发后内容不能再改，字号不能退回；有误只能作废' } }} />}
      {paper.status === 'draft' && <RouteDialog route={putDiscard} {...shared} words="弃稿" title="不再使用这份拟稿" submit="弃稿" done="已弃稿" ability={paper.can.discard} isDanger />}
      {paper.status === 'issued' && (paper.kind === 'notice' || paper.kind === 'public-notice') && may('publication.draft') && <ActionLink to={`${paths.publicationNew('paper')}?subjectId=${paper.id}`} isButton>拟公开稿件</ActionLink>}
      {paper.status === 'issued' && <RouteDialog route={putCancellation} {...shared} words="作废" title="作废文书" submit="作废" done="已作废，字号保留" ability={paper.can.cancel} isDanger extras={{ reason: { help: '原因记入文书，公众核验时显示“已作废”，不显示原因' } }} />}
    </>
  );
}

const shareText = (paper: Value): string => [paper.title, paper.number, paper.issuedOn === null ? null : `${paper.issuer} ${dateWords(paper.issuedOn)}`, paper.verifyUrl === null ? null : `核验：${paper.verifyUrl}`].filter((line) => line !== null).join('\n');
