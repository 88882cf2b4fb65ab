import { Link } from '@tanstack/react-router';
import { exportObligations, listObligations, ObligationRow } from '#contract/obligation.ts';
import { DueTag } from '#web/kit/DueTag.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { WhyThisDay } from '#web/kit/WhyThisDay.tsx';
import { DutyLink } from '#web/kit/DutyLink.tsx';
import { Feeds } from './Feeds.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(ObligationRow, ['title', 'dutyTitle', 'dueOn', 'holderName', 'placeName', 'state', 'openedOn'], {
  extra: ['state', 'openedOn'],
  cells: { title: (row) => <DutyLink duty={row} />, dueOn: (row) => <DueTag due={row} /> },
});

/** 待办与时限: all that is to be done in the area by when, whoever holds it; bodies, never persons. */
export function ObligationListPage() {
  return (
    <ListPage
      route={listObligations} title="待办与时限" lead="谁在哪一天之前要办什么。点事项名称去办理，点“为什么是这一天”看期限怎么算出来。" columns={columns} rowKey={(row) => row.id} empty="没有要办的事项。收到投诉、下发任务后，这里会列出期限。"
      exportRoute={exportObligations} buttons={<><LinkButton to={paths.endings}>快到期的合同和任期</LinkButton><LinkButton to={paths.obligationOutlook}>按区域和责任单位看</LinkButton><Feeds /></>}
      actions={(row) => <><WhyThisDay id={row.id} /><Link className="sz-action" to={paths.obligation(row.id)}>经过</Link></>}
    />
  );
}
