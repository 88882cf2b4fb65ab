import { useId } from 'react';
import type { z } from 'zod';
import type { ReportMark, ReportSheet } from '#contract/report.ts';
import { printedNames } from '#domain/report/plan-list.ts';
import { findTownship, townshipKey } from '#domain/report/townships.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import type { Catalogue } from './mark-draft.ts';

type ListMark = Extract<ReportMark, { kind: 'list' }>;
type Names = NonNullable<ListMark['names']>;

/** 印着的名称是哪个乡镇街道: asked of each printed name that is none of ours; said once, it is known in this blank and in others. */
export function PrintedNames({ mark, sheet, catalogue: { townships }, onChange }: { mark: ListMark; sheet: z.output<typeof ReportSheet>; catalogue: Catalogue; onChange: (names: Names) => void }) {
  const id = useId();
  const said = mark.names ?? [];
  const saidOf = (printed: string) => said.find((name) => townshipKey(name.printed) === townshipKey(printed));
  const asked = printedNames(mark, sheet).filter((printed) => saidOf(printed) !== undefined || findTownship(printed, townships) === undefined);
  if (asked.length === 0) return null;
  const say = (printed: string, townshipId: string) => {
    const others = said.filter((name) => townshipKey(name.printed) !== townshipKey(printed));
    const meant = townships.find((township) => township.id === townshipId);
    onChange(meant === undefined ? others : [...others, { printed, townshipId: meant.id }]);
  };
  return (
    <fieldset>
      <legend>对不上的名称是哪个乡镇街道</legend>
      {asked.map((printed, at) => (
        <div key={printed} className="sz-field"><label htmlFor={`${id}${at}`}>印着“{printed}”</label><Choice id={`${id}${at}`} value={saidOf(printed)?.townshipId ?? ''} blank="不是本县的，不填这一行" choices={Object.fromEntries(townships.map((township) => [township.id, township.name]))} onChange={(townshipId) => say(printed, townshipId)} /></div>
      ))}
      <p className="sz-help">选好后点“保存标记”。本县别的表上印着同样的名称时，也按这里选的填。</p>
    </fieldset>
  );
}
