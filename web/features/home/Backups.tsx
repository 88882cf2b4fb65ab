import { getBackupStatus } from '#contract/operations/backup.ts';
import { BackupSummary } from '#web/kit/domain/BackupSummary.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

/** 备份, for the system administrator: the last success, the disk, and what is wrong. */
export function Backups() {
  const status = useRoute(getBackupStatus, {});
  return (
    <Section title="备份" actions={<LinkButton to={paths.backups}>查看备份</LinkButton>}>
      {status.data !== undefined ? <BackupSummary value={status.data} /> : status.error !== null ? <Failed error={status.error} /> : <Loading rows={3} />}
    </Section>
  );
}
