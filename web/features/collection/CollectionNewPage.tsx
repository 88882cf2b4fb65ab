import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { postCollection } from '#contract/collection.ts';
import type { RecipientKind } from '#domain/collection/column.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Page } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { blankDraft } from './collection-draft.ts';
import { CollectionForm } from './CollectionForm.tsx';
import './collection.css';

/** A township asks its neighbourhoods and companies; the county anybody. */
export const kindsFor = (level: string | undefined): readonly RecipientKind[] => (level === 'township' ? ['neighbourhood', 'company'] : ['township', 'neighbourhood', 'company']);

/** 拟采集任务. */
export function CollectionNewPage() {
  const me = useMe();
  const navigate = useNavigate();
  const drop = useRef<() => void>(() => undefined);
  const post = useMutationOf(postCollection, (made) => { drop.current(); void navigate({ to: paths.collection(made.id) }); });
  const kinds = kindsFor(me.data?.active?.level);
  const [kind = 'township'] = kinds;
  return (
    <Page title="拟采集任务" lead="先看看台账里有没有；真要的，写明依据和期限。" needs={[me]}>
      {me.data && <CollectionForm keep="collection-new" first={{ ...blankDraft(me.data.today, me.data.active?.orgUnitName ?? me.data.active?.scopeName ?? ''), recipientKind: kind }} kinds={kinds} isBusy={post.isPending} error={post.error} submit="存为草稿，下一步核对" onSubmit={(body, done) => { drop.current = done; post.mutate({ body }); }} />}
    </Page>
  );
}
