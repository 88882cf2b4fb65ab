import './administration.css';
import { deleteMyOidcBinding, listMyOidcBindings, postMyOidcBinding } from '#contract/administration/oidc.ts';
import { App } from 'antd';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { BindingTable } from './oidc/BindingTable.tsx';

/** 统一身份绑定: one's own; binding asks for the password and goes to the provider. */
export function OidcBindingsPage() {
  const { message } = App.useApp();
  const bindings = useRoute(listMyOidcBindings);
  const end = useMutationOf(deleteMyOidcBinding, () => message.success('已解除，以后只能用账号和密码登录'));
  const { name = null, rows = [] } = bindings.data ?? {};
  const isBound = rows.some((row) => row.endedAt === null);
  return (
    <Page title="统一身份绑定" lead={name === null ? '本系统没有启用统一身份认证，请用账号和密码登录。' : `绑定以后，可以用「${name}」登录，不用再输密码；账号和密码仍然可以用。`} needs={[bindings]}>
      {name !== null && !isBound && (
        <Section title={`绑定「${name}」`}>
          <RouteForm
            route={postMyOidcBinding} submit="去绑定" keepsDraft={false} onDone={({ url }) => window.location.assign(url)}
            extras={{ password: { isPassword: true, autoComplete: 'current-password', help: `再输一次密码，确认是您本人，然后到「${name}」登录` } }}
          />
        </Section>
      )}
      <Section title="绑定记录">
        <BindingTable rows={rows} empty="还没有绑定" actions={(row) => (row.endedAt === null ? <ActionButton isDanger isQuiet isBusy={end.isPending} onClick={() => end.mutate({ params: { oidcBindingId: row.id } })}>解除</ActionButton> : null)} />
      </Section>
    </Page>
  );
}
