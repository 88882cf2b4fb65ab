import { App } from 'antd';
import { getBackupStatus, postBackup } from '#contract/operations/backup.ts';
import type { Answer } from '#contract/define-route.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { BackupSummary } from '#web/kit/domain/BackupSummary.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { Table } from '#web/kit/table/Table.tsx';
import { backupColumns } from './backup-columns.tsx';
import { BackupProgress } from './BackupProgress.tsx';

/** 备份: how it stands, one to be made now, and those of late. Asked again while one is being made. */
export function BackupPage() {
  const { message } = App.useApp();
  const may = useMay();
  const status = useRoute(getBackupStatus, {}, { every: (data) => (data?.open ? 1_000 : 30_000) });
  const ask = useMutationOf(postBackup, () => message.success('已开始备份，可以离开本页'));
  const value = status.data;
  return (
    <Page
      title="备份" lead="整个系统一份：数据库和上传的文件。备份时照常办公。" needs={[status]}
      actions={may(postBackup.permission) && value !== undefined && <ActionButton isPrimary isBusy={ask.isPending} ability={value.open === null ? true : '正在备份，请等它完成'} onClick={() => ask.mutate({})}>立即备份</ActionButton>}
    >
      {value !== undefined && <Content value={value} />}
    </Page>
  );
}

function Content({ value }: { value: Answer<typeof getBackupStatus> }) {
  return (
    <>
      {value.open !== null && <BackupProgress backup={value.open} />}
      <Section title="概况"><BackupSummary value={value} /></Section>
      <Section title="最近的备份"><Table name="最近的备份" columns={backupColumns} rows={value.recent} rowKey={(row) => row.id} empty="还没有备份过，可以按“立即备份”" /></Section>
      <Section title="怎么保存、怎么恢复">
        <ul>
          <li>备份放在服务器的「{value.folder}」。保留规则：{value.keep}；更早的在新备份核对无误后自动删除。最好放在另一块盘上，并定期拷到别处。</li>
          <li>{value.isEncrypted ? '备份已加密，恢复时要用同一个备份密钥。' : '备份没有加密：手机号、证件号是密文，其余是明文。请技术人员设置 SHANZHI_BACKUP_KEY 加密，或把文件放在别人拿不到的地方。'}</li>
          <li>部署密钥（secret.key）不在备份里。没有它，恢复后手机号、证件号打不开，请另外抄存，和备份分开放。</li>
          <li>恢复要在服务器上做：<code>npm run -s shanzhi -- restore 备份文件 --into 新的文件夹</code>。平时可以演练：<code>npm run -s shanzhi -- backup drill</code>。</li>
        </ul>
      </Section>
    </>
  );
}
