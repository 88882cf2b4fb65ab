import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { listLikenesses, postUnlikeness, putMerger } from '#contract/complaint.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { paths } from '#web/paths.ts';
import type { ComplaintItem } from './Acts.tsx';
import { ComplaintStatusTag } from './status.tsx';

const BEFORE_ACCEPTANCE: readonly string[] = ['received', 'signed'];

/** 可能是同一件, while it is still to be decided whether to accept: merged by the dialog as it stands filled in, or told apart by one press. Nothing is decided here. */
export function Likenesses({ item }: { item: ComplaintItem }) {
  const isWanted = BEFORE_ACCEPTANCE.includes(item.status) && item.can.merge === true;
  const rows = useRoute(listLikenesses, { params: { complaintId: item.id } }, { enabled: isWanted }).data?.rows ?? [];
  const apart = useMutationOf(postUnlikeness);
  if (!isWanted || rows.length === 0) return null;
  return (
    <Alert
      type="warning" showIcon style={{ marginBottom: 16 }} title={`受理前请核对：同一小区有 ${String(rows.length)} 件相似的投诉`}
      description={
        <>
          <ul className="sz-likenesses">{rows.map((row) => (
            <li key={row.id}>
              <p><Link to={paths.complaint(row.id)} target="_blank">{row.no}</Link>　<ComplaintStatusTag status={row.status} />　{dateText(row.receivedOn)}收到　{categoryLabels[row.category]}{row.spot === '' ? '' : `　${row.spot}`}　<span className="sz-muted">相似 {row.likeness}%</span></p>
              <p>{row.words}</p>
              <p className="sz-actions">
                {row.isOpen
                  ? <RouteDialog route={putMerger} params={{ complaintId: item.id }} version={item.version} words="是同一件，并案" title={`并入${row.no}`} submit="并案" done="已并案" isQuiet first={{ intoNo: row.no, why: '核对为同一件事' }} />
                  : <span className="sz-muted">已经结束，不用并案；又发生的照常受理</span>}
                <ActionButton isQuiet isBusy={apart.isPending && apart.variables.body?.otherId === row.id} onClick={() => apart.mutate({ params: { complaintId: item.id }, body: { otherId: row.id } })}>不是同一件</ActionButton>
              </p>
            </li>
          ))}</ul>
          {apart.error !== null && <p role="alert" className="sz-error">{apart.error.message}</p>}
        </>
      }
    />
  );
}
