import './administration.css';
import { Link } from '@tanstack/react-router';
import { bindingStatusLabels, exportOidcBindings, listOidcBindings, OidcBindingLine, putUserOidcBindingEnd } from '#contract/administration/oidc.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { Guarded } from './Guarded.tsx';

const columns = columnsOf(OidcBindingLine, ['name', 'login', 'status', 'subject', 'origin', 'boundAt', 'lastUsedAt', 'endedAt', 'endedReason', 'issuer', 'boundByName', 'endedByName'], {
  extra: ['endedAt', 'endedReason', 'issuer', 'boundByName', 'endedByName'],
  cells: {
    name: (row) => <><Link to={paths.user(row.userId)}>{row.name}</Link> {row.isDisabled && <StatusTag tone="bad">已停用</StatusTag>}</>,
    status: (row) => <StatusTag tone={row.status === 'living' ? 'good' : 'plain'}>{bindingStatusLabels[row.status]}</StatusTag>,
  },
});

/** 全县的统一身份绑定: who may come in by the county's provider, since when, when last, and the end of it. */
export function OidcBindingListPage() {
  const self = useMe().data?.user.id;
  return (
    <Guarded title="统一身份绑定情况" route={listOidcBindings}>
      <ListPage
        route={listOidcBindings} exportRoute={exportOidcBindings} title="统一身份绑定情况" columns={columns} rowKey={(row) => row.id} empty="还没有人绑定统一身份"
        lead="谁可以用统一身份认证登录、哪天绑定、最近哪天用过。人员调离、标识登记错的，在这里解除；解除后本人马上退出，以后只能用账号和密码登录。" buttons={<LinkButton to={paths.users}>用户与岗位</LinkButton>}
        actions={(row) => (row.status === 'living' && row.userId !== self ? <RouteDialog route={putUserOidcBindingEnd} params={{ userId: row.userId, oidcBindingId: row.id }} words="解除" title={`解除${row.name}的统一身份绑定`} submit="解除" done="已解除，本人已退出登录" isDanger isQuiet /> : null)}
      />
    </Guarded>
  );
}
