import { downloadPublicFile, getPublicItem } from '#contract/publication.ts';
import type { Answer } from '#contract/define-route.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Failed, Loading } from '#web/kit/states.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { useEffect, type ReactNode } from 'react';
import { Blocks } from '../Blocks.tsx';
import { sizeWords } from '../Files.tsx';
import { PublicFrame } from './PublicFrame.tsx';

type Item = Answer<typeof getPublicItem>;

/** 一件公开信息, or that it was withdrawn, when and why. */
export function PublicItemPage() {
  const publicId = useParam('PublicItem', 'publicId');
  const item = useRoute(getPublicItem, { params: { publicId } });
  const value = item.data;
  const heading = value?.title ?? (value === undefined ? '公开信息' : value.state === 'withdrawn' ? '已撤回' : '公示期已满');
  useEffect(() => { document.title = `${heading} · 公开信息`; }, [heading]);
  return (
    <PublicFrame>
      {value === undefined ? item.error !== null ? <><h1>公开信息</h1><Failed error={item.error} /></> : <Loading /> : value.state === 'published' ? <Standing item={value} /> : <Gone item={value} />}
    </PublicFrame>
  );
}

function Standing({ item }: { item: Item }) {
  return (
    <>
      <article id="public-item" className="sz-public-card">
        <h1>{item.title}</h1>
        <Meta item={item} more={item.untilOn === null ? [] : [['公示期至', <>{dateText(item.untilOn)}（含当日）</>]]} />
        <Blocks blocks={item.blocks} />
        {item.files.length > 0 && <><h2>附件</h2><ul className="sz-publication-files">{item.files.map((file) => <li key={file.fileNo}><a href={apiUrl(downloadPublicFile, { params: { publicId: item.id, fileNo: file.fileNo } })} download>{file.name}</a><span className="sz-muted">{sizeWords(file.sizeBytes)}</span></li>)}</ul></>}
        <p className="sz-muted">{item.untilWords}{item.digest === null ? '' : `。内容校验码：${item.digest}`}</p>
      </article>
      <ShareBar name={item.title ?? '公开信息'} of="public-item" text={() => `${item.text}\n${item.issuer}　${dateText(item.issuedOn)}　索引号：${item.indexNo}\n${window.location.href}`} isPublic />
    </>
  );
}

function Gone({ item }: { item: Item }) {
  const on = item.endedOn === null ? '' : dateText(item.endedOn);
  return (
    <section className="sz-public-card" role="status">
      <h1>{item.state === 'withdrawn' ? '已撤回' : '公示期已满'}</h1>
      <p className="sz-public-gone">{item.state === 'withdrawn' ? `这件公开信息已于${on}撤回。` : `公示期已满，已于${on}撤下。`}</p>
      {item.withdrawReason !== null && <p>撤回原因：{item.withdrawReason}</p>}
      <Meta item={item} more={[]} />
      <p className="sz-muted">需要了解的，请向发布机关咨询。以前保存或转发的内容不再有效。</p>
    </section>
  );
}

function Meta({ item, more }: { item: Item; more: readonly (readonly [string, ReactNode])[] }) {
  const facts: readonly (readonly [string, ReactNode])[] = [['发布机关', item.issuer], ['发布日期', dateText(item.issuedOn)], ...more, ['索引号', item.indexNo], ['种类', publicationKindLabels[item.kind]]];
  return <dl className="sz-public-meta">{facts.map(([title, value]) => <div key={title}><dt>{title}：</dt><dd>{value}</dd></div>)}</dl>;
}
