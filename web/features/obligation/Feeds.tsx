import { App } from 'antd';
import { useState } from 'react';
import { feedLabels, listDutyFeeds, postDutyFeed, putDutyFeedEnd } from '#contract/obligation.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { copyText } from '#web/kit/share/copy.ts';
import { Failed, Loading } from '#web/kit/states.tsx';

/** 日历订阅: an address that Outlook or a phone's calendar reads, shown once; a new one ends the one before. */
export function Feeds() {
  return <DialogButton words="日历订阅" title="把期限订阅到 Outlook 或手机日历">{() => <FeedList />}</DialogButton>;
}

function FeedList() {
  const feeds = useRoute(listDutyFeeds);
  const make = useMutationOf(postDutyFeed);
  const end = useMutationOf(putDutyFeedEnd);
  const { message } = App.useApp();
  const [made, show] = useState<string | null>(null);
  const copy = async (address: string) => { if (await copyText(address)) message.success('已复制，请到日历里粘贴'); else message.warning('没有复制成功，请选中地址手工复制'); };
  if (feeds.data === undefined) return feeds.error === null ? <Loading rows={2} /> : <Failed error={feeds.error} />;
  return (
    <>
      <p>在日历里选“从网址订阅”，粘贴下面的地址，期限变动会自动更新。凭地址就能看到，请不要转发；岗位结束后地址自动停用。</p>
      <ul className="sz-mend">
        {feeds.data.rows.map(({ feed, madeAt, validUntil }) => (
          <li key={feed}>
            <span>{feedLabels[feed]}　<span className="sz-muted">{madeAt === null || validUntil === null ? '没有生成' : `${instantWords(madeAt)}生成，${instantWords(validUntil)}前有效`}</span></span>
            <span className="sz-actions">
              <ActionButton isQuiet onClick={() => make.mutate({ body: { feed } }, { onSuccess: ({ url }) => show(url) })}>{madeAt === null ? '生成订阅地址' : '换一个地址'}</ActionButton>
              {madeAt !== null && <ActionButton isQuiet onClick={() => end.mutate({ body: { feed } }, { onSuccess: () => { show(null); message.success('已停用'); } })}>停用</ActionButton>}
            </span>
          </li>
        ))}
      </ul>
      {made !== null && <div className="sz-notice"><p>地址只显示这一次，请现在复制：</p><p data-feed className="sz-link-text">{made}</p><ActionButton onClick={() => void copy(made)}>复制地址</ActionButton></div>}
      {(make.error ?? end.error) !== null && <Failed error={make.error ?? end.error} />}
    </>
  );
}
