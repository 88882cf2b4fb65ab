import { listUserOidcBindings, postUserOidcBinding, putUserOidcBindingEnd } from '#contract/administration/oidc.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { BindingTable } from './BindingTable.tsx';

/** 用户的统一身份绑定: nothing stands here where there is no provider and never was a binding. */
export function UserBindings({ userId, mayManage, isOwn }: { userId: Id<'AppUser'>; mayManage: boolean; isOwn: boolean }) {
  const { name = null, rows = [] } = useRoute(listUserOidcBindings, { params: { userId } }).data ?? {};
  if (name === null && rows.length === 0) return null;
  const living = rows.find((row) => row.endedAt === null);
  const ability = isOwn ? '本人的绑定请在右上角「统一身份绑定」里办理' : living === undefined || '已经绑定，要换一个请先解除';
  return (
    <Section
      title="统一身份绑定" note={name === null ? '统一身份认证现在没有启用' : `绑定后可以用「${name}」登录`}
      actions={mayManage && name !== null && (
        <RouteDialog
          route={postUserOidcBinding} params={{ userId }} ability={ability} words="登记用户标识" title={`登记在「${name}」的用户标识`} submit="登记" done="已登记"
          extras={{ subject: { help: '由认证平台的管理员提供，或请本人用它登录一次，页面会显示他的标识' }, reason: { help: '如：按人事名单核对' } }}
        />
      )}
    >
      <BindingTable
        rows={rows} empty="还没有绑定"
        {...(mayManage && !isOwn ? { actions: (row) => (row.endedAt === null ? <RouteDialog route={putUserOidcBindingEnd} params={{ userId, oidcBindingId: row.id }} words="解除" title="解除统一身份绑定" submit="解除" done="已解除，本人已退出登录" isDanger isQuiet /> : null) } : {})}
      />
    </Section>
  );
}
