import { exportEndings, listEndings, ObligationRow } from '#contract/obligation.ts';
import { DueTag } from '#web/kit/DueTag.tsx';
import { DutyLink } from '#web/kit/DutyLink.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { WhyThisDay } from '#web/kit/WhyThisDay.tsx';

const columns = columnsOf(ObligationRow, ['title', 'dutyTitle', 'dueOn', 'openedOn', 'holderName', 'placeName'], {
  extra: ['placeName'],
  cells: { title: (row) => <DutyLink duty={row} />, dueOn: (row) => <DueTag due={row} /> },
});

/** 快到期的合同和任期: what ends, the soonest first, also what is not yet to be dealt with. */
export function EndingListPage() {
  return (
    <ListPage
      route={listEndings} exportRoute={exportEndings} title="快到期的合同和任期" lead="“开始日期”以后由责任单位办理，在此之前不进待办。点事项名称打开合同或者业委会。" columns={columns} rowKey={(row) => row.id} empty="没有登记了到期日的合同和任期"
      actions={(row) => <WhyThisDay id={row.id} />}
    />
  );
}
