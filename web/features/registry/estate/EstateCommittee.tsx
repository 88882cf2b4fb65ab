import type { Answer } from '#contract/define-route.ts';
import { postCommittee } from '#contract/committee.ts';
import type { getEstate } from '#contract/registry/estate.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { Section } from '#web/kit/Page.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import { CommitteeTag } from '../EstateTags.tsx';
import { memberPostLabels } from '#contract/registry/words.ts';

/** 小区的业委会. */
export function EstateCommittee({ estate }: { estate: Answer<typeof getEstate> }) {
  const { committee } = estate;
  return (
    <Section
      title="业委会"
      actions={committee === null
        ? <RouteDialog route={postCommittee} params={{ estateId: estate.id }} words="登记业委会" title="登记业委会" submit="登记" done="已登记" ability={estate.can.committee} first={{ name: `${estate.name}业主委员会`, kind: 'committee', status: 'established' }} />
        : <ActionLink to={paths.committee(committee.committeeId)}>查看、修改</ActionLink>}
    >
      {committee === null ? <Nothing words="没有登记业主委员会" /> : (
        <>
          <p>{committee.name}　<CommitteeTag committee={committee} /></p>
          <p>成立 <DateText value={committee.sinceOn} />，届满 <DateText value={committee.untilOn} /></p>
          {estate.members.length > 0 && <ul>{estate.members.map((member) => <li key={`${member.post}${member.name}`}>{memberPostLabels[member.post]}　{member.name}　{member.phone !== null && (/^[\d\-+ ]+$/.test(member.phone) ? <a href={`tel:${member.phone.replaceAll(' ', '')}`}>{member.phone}</a> : member.phone)}</li>)}</ul>}
        </>
      )}
    </Section>
  );
}
