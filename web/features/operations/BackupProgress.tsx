import type { Answer } from '#contract/define-route.ts';
import type { postBackup } from '#contract/operations/backup.ts';
import { numberWords } from '#web/kit/schema/words.ts';
import { Section } from '#web/kit/Page.tsx';

/** 备份进度: the stage in words, and a bar while rows are being copied. */
export function BackupProgress({ backup }: { backup: Answer<typeof postBackup> }) {
  const { stage, doneCount, totalCount, status } = backup;
  const words = status === 'waiting' ? '等待开始' : (stage ?? '正在准备');
  return (
    <Section title="正在备份">
      <p role="status">{words}{totalCount !== null && doneCount > 0 && `　${numberWords(doneCount)} / 约 ${numberWords(totalCount)} 行`}</p>
      {totalCount !== null && totalCount > 0 && <progress className="sz-progress" aria-label="备份进度" value={doneCount} max={totalCount} />}
    </Section>
  );
}
