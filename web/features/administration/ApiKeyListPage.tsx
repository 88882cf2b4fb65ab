import './administration.css';
import { ApiKey, exportApiKeys, listApiKeys, putApiKeyHolder, putApiKeyRevocation } from '#contract/administration/api-key.ts';
import type { Answer } from '#contract/define-route.ts';
import { machinePermissionLabels } from '#contract/machine.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { Section } from '#web/kit/Page.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf, type Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { HolderControl } from './api-key/HolderControl.tsx';
import { HowToUse } from './api-key/HowToUse.tsx';
import { NewKey } from './api-key/NewKey.tsx';
import { RotateKey } from './api-key/RotateKey.tsx';
import { Guarded } from './Guarded.tsx';

type Key = Answer<typeof listApiKeys>['rows'][number];

const TONES = { active: 'good', expired: 'warn', revoked: 'bad' } as const;
const WORDS = { active: '在用', expired: '已到期', revoked: '已吊销' } as const;
const permissionsOf = (row: Key) => row.permissions.map((one) => machinePermissionLabels[one]).join('、');
const usedText = (row: Key) => (row.lastUsedAt === null ? '没有用过' : instantWords(row.lastUsedAt));

const columns: readonly Column<Key>[] = [
  ...columnsOf(ApiKey, ['name', 'hint', 'status', 'scopeName'], { cells: { status: (row) => <StatusTag tone={TONES[row.status]}>{WORDS[row.status]}</StatusTag> } }),
  { key: 'permissions', title: '权限', cell: permissionsOf, text: permissionsOf },
  { key: 'addresses', title: '来源地址', cell: (row) => row.addresses.join('、') || '不限', text: (row) => row.addresses.join('、') || '不限', isExtra: true },
  ...columnsOf(ApiKey, ['holder', 'endsOn']),
  { key: 'lastUsedAt', title: '最近使用', cell: (row) => <>{row.lastUsedAt === null ? <span className="sz-muted">没有用过</span> : <DateText value={row.lastUsedAt} />}{row.lastRefusedAt !== null && <span className="sz-block"><StatusTag tone="warn">被拒</StatusTag> {instantWords(row.lastRefusedAt)}：{row.lastRefusal}</span>}</>, text: usedText },
  { key: 'revoked', title: '吊销', cell: (row) => (row.revokedAt === null ? '—' : <>{instantWords(row.revokedAt)} {row.revokedByName}：{row.revokedReason}</>), isExtra: true },
  { key: 'made', title: '建立', cell: (row) => <>{instantWords(row.createdAt)} {row.madeByName}</>, isExtra: true },
];

/** 接口密钥: which other systems read from us and write to us, and how far. */
export function ApiKeyListPage() {
  return <Guarded title="接口密钥" route={listApiKeys}><ApiKeyList /></Guarded>;
}

function ApiKeyList() {
  return (
    <ListPage
      route={listApiKeys} exportRoute={exportApiKeys} title="接口密钥" columns={columns} rowKey={(row) => row.id} empty="还没有接口密钥。别的系统要取数时，给它单独建一把，不要把人的账号给它用。"
      lead="给别的系统取数、送数用，不能登录、不能管理、看不到完整的手机号和证件号。一个系统一把，用完就吊销。" buttons={<NewKey />}
      actions={(row) => (
        <>
          <RotateKey apiKey={row} />
          <RouteDialog route={putApiKeyHolder} params={{ apiKeyId: row.id }} ability={row.can.give} words="换保管人" title={`更换「${row.name}」的保管人`} submit="更换" done="已更换保管人" isQuiet extras={{ holderId: { control: HolderControl, help: `现在是${row.holder ?? '—'}` }, reason: { help: '如：分工调整。原保管人知道密钥的，请一并更换密钥' } }} />
          <RouteDialog route={putApiKeyRevocation} params={{ apiKeyId: row.id }} ability={row.can.revoke} words="吊销" title={`吊销「${row.name}」`} submit="吊销" done="已吊销，对方下一次调用就会被拒绝" isDanger isQuiet extras={{ reason: { help: '如：对接结束，或怀疑泄露。吊销后不能恢复' } }} />
        </>
      )}
    >
      <Section title="怎么用"><HowToUse /></Section>
    </ListPage>
  );
}
