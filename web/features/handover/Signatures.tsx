import type { Answer } from '#contract/define-route.ts';
import type { getHandOver } from '#contract/handover.ts';
import { DateText } from '#web/kit/DateText.tsx';

type Signature = Answer<typeof getHandOver>['signatures'][number];

/** 签字栏: who signed when; on paper the places not yet signed are left for a pen. */
export function Signatures({ signatures }: { signatures: readonly Signature[] }) {
  return (
    <ul className="sz-hand-signatures">
      {signatures.map((one) => (
        <li key={one.role}>
          <p><strong>{one.title}：{one.person}</strong></p>
          {one.at === null ? <p className="sz-muted">还没有签字</p> : <p>{one.byName === null ? '已签字' : `${one.byName}代签`}　<DateText value={one.at} /></p>}
          {one.byName !== null && one.inPlaceReason !== null && <p className="sz-muted">原因：{one.inPlaceReason}</p>}
        </li>
      ))}
    </ul>
  );
}
