import { postApiKeyRotation, type listApiKeys } from '#contract/administration/api-key.ts';
import type { Answer } from '#contract/define-route.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { KeyDialog } from './KeyDialog.tsx';

/** 更换接口密钥. */
export function RotateKey({ apiKey }: { apiKey: Answer<typeof listApiKeys>['rows'][number] }) {
  return (
    <KeyDialog
      words="更换" title={`更换「${apiKey.name}」的密钥`} ability={apiKey.can.rotate} isQuiet
      form={(onMade, close) => (
        <RouteForm route={postApiKeyRotation} params={{ apiKeyId: apiKey.id }} submit="更换" onDone={onMade} onCancel={close} keepsDraft={false} extras={{ reason: { help: '如：例行更换，或经手人离职' } }}>
          <p className="sz-muted">旧密钥马上作废，对方要换上新的才能继续。范围、权限和期限不变。不想中断的，可以先另建一把，对方换好后再吊销这一把。</p>
        </RouteForm>
      )}
    />
  );
}
