import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { getCollection, putCollection } from '#contract/collection.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { draftOf } from './collection-draft.ts';
import { CollectionForm } from './CollectionForm.tsx';
import { kindsFor } from './CollectionNewPage.tsx';
import './collection.css';

/** 修改采集任务的草稿. */
export function CollectionEditPage() {
  const collectionId = useParam('Collection', 'collectionId');
  const me = useMe();
  const found = useRoute(getCollection, { params: { collectionId } });
  const navigate = useNavigate();
  const drop = useRef<() => void>(() => undefined);
  const put = useMutationOf(putCollection, () => { drop.current(); void navigate({ to: paths.collection(collectionId) }); });
  const value = found.data;
  return (
    <Page title="修改采集任务" needs={[found, me]}>
      {value !== undefined && <CollectionForm keep={`collection ${collectionId} ${value.version}`} first={draftOf(value)} kinds={kindsFor(me.data?.active?.level)} isBusy={put.isPending} error={put.error} submit="保存草稿" onSubmit={(body, done) => { drop.current = done; put.mutate({ params: { collectionId }, version: value.version, body }); }} />}
    </Page>
  );
}
