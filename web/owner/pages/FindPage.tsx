import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { estatePath, OWNER_HOME } from '#contract/owner-paths.ts';
import { findEstates } from '#contract/owner.ts';
import { goTo } from '../address.ts';
import { call } from '../api.ts';
import { dropReceipts, keptReceipts } from '../draft.ts';
import { Go } from '../parts/Go.tsx';
import { Page } from '../parts/Page.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { ownerPaths } from '../paths.ts';
import { useAnswer } from '../use-answer.ts';

/** 找小区 by name or initials; what was looked for stands in the address. */
export function FindPage({ address }: { address: URL }) {
  const asked = address.searchParams.get('q') ?? '';
  const [words, setWords] = useState(asked);
  const found = useAnswer(asked === '' ? null : asked, () => call(findEstates, { query: { q: asked } }));
  return (
    <Page title="找到您的小区" lead="单元门上贴有二维码的，用微信“扫一扫”更快。">
      <form
        role="search" className="find"
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim() !== '') goTo(`${OWNER_HOME}?${new URLSearchParams({ q: words.trim() }).toString()}`, { isReplaced: true });
        }}
      >
        <label htmlFor="words">小区名称，或拼音首字母</label>
        <input id="words" type="search" value={words} maxLength={40} autoComplete="off" enterKeyHint="search" onChange={(event) => { setWords(event.target.value); }} />
        <button type="submit">查找</button>
      </form>
      {asked !== '' && (found.data === undefined ? <Waiting of={found} /> : <Found asked={asked} answer={found.data} />)}
      <Filed />
    </Page>
  );
}

/** What was filed from this telephone; on one that others use too it can be taken off. */
function Filed() {
  const [receipts, setReceipts] = useState(keptReceipts);
  if (receipts.length === 0) return null;
  return (
    <section aria-label="这台手机上提交过的">
      <h2>这台手机上提交过的</h2>
      <ul className="rows">{receipts.map(({ no, token, estate }) => <li key={no}><Go to={ownerPaths.receipt(token)}><strong>{no}</strong><span>{estate}</span></Go></li>)}</ul>
      <button type="button" onClick={() => { dropReceipts(); setReceipts([]); }}>从这台手机上清除</button>
    </section>
  );
}

function Found({ asked, answer: { rows, hasMore, isNear } }: { asked: string; answer: Answer<typeof findEstates> }) {
  if (rows.length === 0) return <p role="status">没有找到名称里有“{asked}”的小区。可以少写几个字再试，比如只写“金色里程”的“金色”。</p>;
  return (
    <>
      <p role="status">{isNear && `没有名称里有“${asked}”的小区，下面是读音或者名称相近的。`}找到 {rows.length} 个{hasMore ? '（还有更多，请把名称写全一些）' : ''}，请点您的小区：</p>
      <ul className="rows">
        {rows.map((row) => <li key={row.id}><Go to={estatePath(row.id)}><strong>{row.name}{row.phase ?? ''}</strong><span>{row.county}{row.township}{row.neighbourhood ?? ''}</span></Go></li>)}
      </ul>
    </>
  );
}
