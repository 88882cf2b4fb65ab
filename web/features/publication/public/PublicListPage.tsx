import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { listPublicItems, listPublicPlaces } from '#contract/publication.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { usePage } from '#web/kit/table/use-page.tsx';
import { paths } from '#web/paths.ts';
import { PublicFrame } from './PublicFrame.tsx';

/** 公开信息: what stands published, the newest first, for anybody. */
export function PublicListPage() {
  const { rows, query, pager, filtered } = usePage(listPublicItems, undefined);
  return (
    <PublicFrame>
      <Page title="公开信息" lead="各级机关发布的通知、公示和物业服务信息，不用登录。">
        <Find />
        {rows === undefined ? query.error !== null ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <Loading rows={6} /> : rows.length === 0 ? <Nothing words={Object.keys(filtered).length > 0 ? '没有符合条件的公开信息，请换个条件' : '现在没有公开信息'} /> : (
          <ul className="sz-public-list">
            {rows.map((row) => (
              <li key={row.id}>
                <Link to={paths.publicItem(row.id)}>{row.title}</Link>
                <p>{publicationKindLabels[row.kind]}　{row.issuer}　{dateText(row.issuedOn)}{row.untilOn === null ? '' : `　公示期至${dateText(row.untilOn)}`}</p>
              </li>
            ))}
          </ul>
        )}
        {pager}
      </Page>
    </PublicFrame>
  );
}

function Find() {
  const [url, change] = useUrlState();
  const places = useRoute(listPublicPlaces).data?.rows ?? [];
  const [words, type] = useState(url['q'] ?? '');
  const named = (kind: string) => Object.fromEntries(places.filter((place) => place.kind === kind && (kind === 'county' || url['countyId'] === undefined || place.countyId === url['countyId'])).map(({ id, name }) => [id, name]));
  const [counties, townships] = [named('county'), named('township')];
  const pick = (name: string) => (value: string) => change({ [name]: value, after: undefined, ...(name === 'countyId' ? { townshipId: undefined } : {}) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ q: words.trim(), after: undefined });
  };
  return (
    <form className="sz-public-find no-print" role="search" aria-label="查找" onSubmit={submit}>
      {Object.keys(counties).length > 1 && <label>县（市、区）<Choice value={url['countyId'] ?? ''} blank="全部" choices={counties} onChange={pick('countyId')} /></label>}
      {Object.keys(townships).length > 0 && <label>乡镇街道<Choice value={url['townshipId'] ?? ''} blank="全部" choices={townships} onChange={pick('townshipId')} /></label>}
      <label>种类<Choice value={url['kind'] ?? ''} blank="全部" choices={publicationKindLabels} onChange={pick('kind')} /></label>
      <label>标题里的字<Input value={words} maxLength={50} onChange={(event) => type(event.target.value)} /></label>
      <Button htmlType="submit" type="primary">查找</Button>
    </form>
  );
}
