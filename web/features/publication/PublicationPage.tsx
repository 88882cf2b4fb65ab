import { Alert, Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { getPublication, Publication, putDiscard, putIssuance, putIssuanceReturn, putReview, putReviewReturn, putReviewRequest, putWithdrawal } from '#contract/publication.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { attributeLabels } from '#domain/publication/check.ts';
import { textOf } from '#domain/publication/content.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { paths } from '#web/paths.ts';
import { Blocks } from './Blocks.tsx';
import { Files } from './Files.tsx';
import { Sightings } from './Sightings.tsx';
import { PublicationStatusTag } from './status.tsx';

type Item = Answer<typeof getPublication>;

/** 一件公开事项: what the public will see, what was found in it, where it stands, and what may be done. */
export function PublicationPage() {
  const publicationId = useParam('Publication', 'publicationId');
  const item = useRoute(getPublication, { params: { publicationId } });
  const value = item.data;
  return (
    <Page title={value?.title ?? '公开事项'} needs={[item]} lead={value !== undefined && <><PublicationStatusTag status={value.status} />　{nextWords[value.status]}</>} actions={value !== undefined && <Actions item={value} />}>
      {value !== undefined && (
        <>
          {value.returnedReason !== null && <Alert type="error" showIcon title="已退回，请修改后重新送审" description={value.returnedReason} style={{ marginBottom: 16 }} />}
          {!value.isCurrent && <Alert type="warning" showIcon title="内容已变化，重新拟稿" description={value.status === 'published' ? '来源的登记在发布后有变化，公开页仍是发布时的内容；需要更新的，请重新拟稿发布，再撤回这一件。' : '来源的登记在拟稿后有变化。请点“修改”并保存，按现在的内容重新带出。'} style={{ marginBottom: 16 }} />}
          {value.status === 'withdrawn' && <Alert type="warning" showIcon title="已撤回" description={`公开地址显示“已撤回”和原因：${value.withdrawReason ?? ''}`} style={{ marginBottom: 16 }} />}
          <Section title="公开的内容" note="公众看到的就是这些文字"><div id="publication-preview" className="sz-publication-preview"><h2 className="sz-publication-title">{value.title}</h2><Blocks blocks={value.blocks} /></div>{value.status === 'published' && value.publicUrl !== null && <ShareBar name={value.title} of="publication-preview" address={value.publicUrl} text={() => `${textOf(value.title, value.blocks)}\n${value.issuer}　${value.issuedOn === null ? '' : dateText(value.issuedOn)}　索引号：${value.indexNo ?? ''}\n${value.publicUrl ?? ''}`} />}</Section>
          <Files item={value} />
          <Sightings item={value} />
          {value.openCheck !== null && <CheckSection check={value.openCheck} />}
          <Section title="办理情况">
            <Facts
              of={Publication} value={value} names={['kind', 'issuer', 'drafter', 'holder', 'reviewer', 'signer', 'indexNo', 'issuedOn', 'untilOn', ...(value.endedOn === null ? [] : ['endedOn' as const])]}
              more={value.publicUrl === null ? [] : [{ title: '公开地址', value: <a href={paths.publicItem(value.publicUrl.split('/').at(-1) ?? '')}>{value.publicUrl}</a> }]}
            />
            <p className="sz-muted">公示期：{value.periodWords}</p>
          </Section>
          <Section title="办理过程">
            <ol className="sz-history">{value.steps.map((step) => <li key={`${step.at}${step.act}${step.by}`}><p><strong>{step.title}</strong>　{step.by}　<DateText value={step.at} /></p>{step.opinion !== '' && <p className="sz-muted">意见：{step.opinion}</p>}</li>)}</ol>
          </Section>
        </>
      )}
    </Page>
  );
}

const nextWords: Readonly<Record<Item['status'], string>> = {
  draft: '下一步：送审', reviewing: '下一步：由拟稿人以外的人审核', returned: '下一步：修改后重新送审', signing: '下一步：由负责人签发，签发即向公众公开', published: '公众可以看到', withdrawn: '公众只看到撤回说明', expired: '公示期满，公众只看到到期说明', discarded: '不再办理',
};

function CheckSection({ check }: { check: NonNullable<Item['openCheck']> }) {
  return (
    <Section title="公开属性与保密审查" note={<>{check.by}　<DateText value={check.at} /></>}>
      <p>公开属性：<strong>{attributeLabels[check.attribute]}</strong></p>
      <ul className="sz-sightings">{check.answers.map((one) => <li key={one.question}><p>{one.title}：<strong>{one.answerText}</strong></p><p className="sz-muted">依据：{one.clause}</p></li>)}</ul>
      {check.attachmentsSeen && <p>扫描件、图片附件：<strong>审核人已逐页打开看过</strong></p>}
      {check.note !== '' && <p>处理情况：{check.note}</p>}
    </Section>
  );
}

function Actions({ item }: { item: Item }) {
  const shared = { params: { publicationId: item.id }, version: item.version };
  const isDraft = item.status === 'draft' || item.status === 'returned';
  return (
    <>
      {isDraft && <ActionLink to={paths.publicationEdit(item.id)} ability={item.can.edit} isButton>修改</ActionLink>}
      {isDraft && <RouteDialog route={putReviewRequest} {...shared} words="送审" title="送审" submit="送审" done="已送审" ability={item.can.submit} />}
      {isDraft && <RouteDialog route={putDiscard} {...shared} words="弃稿" title="不再使用这份稿件" submit="弃稿" done="已弃稿" ability={item.can.discard} isDanger />}
      {item.status === 'reviewing' && <RouteDialog route={putReview} {...shared} words="审核通过" title="公开属性与保密审查" submit="审核通过" done="已审核，等待签发" ability={item.can.approve} {...(item.sightings.some(({ kind }) => kind === 'unread') ? {} : { fixed: { attachmentsSeen: false } })} extras={{ attribute: { help: '只有“主动公开”可以在公开页发布；其他属性请退回' }, attachmentsSeen: { help: `系统读不出文字的：${unreadNames(item)}。请在“附件”里逐个打开看过再勾选` } }} />}
      {item.status === 'reviewing' && <RouteDialog route={putReviewReturn} {...shared} words="退回" title="退回拟稿人" submit="退回" done="已退回" ability={item.can.sendBack} isDanger />}
      {item.status === 'signing' && <RouteDialog route={putIssuance} {...shared} words="签发" title="签发并向公众公开" submit="签发" done="已签发，公众可以看到" ability={item.can.issue} extras={{ opinion: { help: item.periodWords } }} />}
      {item.status === 'signing' && <RouteDialog route={putIssuanceReturn} {...shared} words="退回" title="退回拟稿人" submit="退回" done="已退回" ability={item.can.refuse} isDanger />}
      {item.publicUrl !== null && <Button href={paths.publicItem(item.publicUrl.split('/').at(-1) ?? '')}>打开公开页</Button>}
      {item.status === 'published' && <RouteDialog route={putWithdrawal} {...shared} words="撤回" title="撤回公开事项" submit="撤回" done="已撤回" ability={item.can.withdraw} isDanger extras={{ reason: { help: '公众打开地址时看到“已撤回”、日期和这条原因，看不到标题和内容；原因里不要写个人信息' } }} />}
    </>
  );
}

const unreadNames = ({ sightings }: Item): string => sightings.filter(({ kind }) => kind === 'unread').flatMap(({ places }) => places).join('、');
