import type { Answer } from '#contract/define-route.ts';
import type { getQuality } from '#contract/registry/sheet.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';

/** 数据质量的筛选: by place, down to one estate, and by kind of problem. */
export function QualityFilters({ byRule, url, onChange }: {
  byRule: Answer<typeof getQuality>['byRule']; url: Readonly<Record<string, string>>; onChange: (patch: Readonly<Record<string, string | undefined>>) => void;
}) {
  return (
    <div className="sz-filters no-print" role="group" aria-label="筛选">
      <label className="sz-filter"><span>乡镇街道</span><OrgUnitPicker level="township" blank="不限" value={url['townshipId'] ?? ''} onChange={(townshipId) => onChange({ townshipId, neighbourhoodId: undefined })} /></label>
      <label className="sz-filter"><span>社区</span><OrgUnitPicker level="neighbourhood" within={url['townshipId']} blank="不限" value={url['neighbourhoodId'] ?? ''} onChange={(neighbourhoodId) => onChange({ neighbourhoodId })} /></label>
      <div className="sz-filter"><label htmlFor="quality-estate">小区</label><EstatePicker id="quality-estate" value={url['estateId'] ?? ''} onChange={(estateId) => onChange({ estateId })} /></div>
      <label className="sz-filter"><span>问题</span><Choice blank="不限" value={url['rule'] ?? ''} choices={Object.fromEntries(byRule.map((one) => [one.rule, `${one.title}（${one.count}）`]))} onChange={(rule) => onChange({ rule })} /></label>
    </div>
  );
}
