import { familyLabels, type FamilyRelation } from '#domain/complaint/family.ts';
import type { Draft } from '../draft.ts';

const relations = Object.entries(familyLabels);
const isRelation = (value: string): value is FamilyRelation => Object.hasOwn(familyLabels, value);
/** 代谁 as the contract takes it: nothing chosen is nothing said. */
export const relationOf = ({ isForFamily, familyRelation }: Draft): FamilyRelation | null => (isForFamily && isRelation(familyRelation) ? familyRelation : null);

/** 代家人反映: for whom, and what he is called; neither is a must. */
export function Family({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  return (
    <>
      <label className="check"><input type="checkbox" checked={draft.isForFamily} onChange={(event) => { onChange({ isForFamily: event.target.checked }); }} />我代家人反映（比如家里老人）</label>
      {draft.isForFamily && (
        <>
          <p>
            <label htmlFor="relation">他是您的（可以不选）</label>
            <select id="relation" value={draft.familyRelation} onChange={(event) => { onChange({ familyRelation: event.target.value }); }}>
              <option value="">不选</option>
              {relations.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
            </select>
          </p>
          <p><label htmlFor="family">怎样称呼他（可以不填）</label><input id="family" autoComplete="off" maxLength={50} value={draft.familyName} onChange={(event) => { onChange({ familyName: event.target.value }); }} /></p>
          <p className="soft">手机号留您自己的，进度凭提交以后的网址查。</p>
        </>
      )}
    </>
  );
}
