import { Alert, Button } from 'antd';
import { getOidc, postOidcAuthorization } from '#contract/administration/oidc.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';

/** 用统一身份认证登录: a button under the form where the county has one; the password form stays whatever becomes of it. */
export function OidcSignIn({ next }: { next: string }) {
  const name = useRoute(getOidc, {}).data?.name ?? null;
  const go = useMutationOf(postOidcAuthorization, ({ url }) => window.location.assign(url));
  if (name === null) return null;
  return (
    <section className="sz-oidc" aria-label="其他登录方式">
      <Button block size="large" loading={go.isPending} onClick={() => go.mutate({ body: { next } })}>用「{name}」登录</Button>
      {go.error !== null && <Alert type="error" showIcon role="alert" title={go.error.message} />}
    </section>
  );
}
