import './administration.css';
import { Alert } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { exportHolidays, listHolidayNotices, putHolidayNotice } from '#contract/administration/calendar.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { NoticeDialog } from './calendar/NoticeDialog.tsx';
import { spansWords } from './calendar/spans.ts';
import { WorkingDays } from './calendar/WorkingDays.tsx';

const REFUSED = '当前岗位只能查看；通知由住建局经办人或系统管理员登记';

/** 工作日历: the yearly notices, and how a term of working days is counted. */
export function CalendarPage() {
  const notices = useRoute(listHolidayNotices);
  const ability = useMay()(putHolidayNotice.permission) || REFUSED;
  const value = notices.data;
  const missing = value?.missingYear ?? null;
  return (
    <Page title="工作日历" lead="按国务院办公厅每年的节假日安排推算工作日，各项时限都用这一份日历。" needs={[notices]} actions={<NoticeDialog year={missing} ability={ability} />}>
      {missing !== null && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={`还没有登记 ${missing} 年的节假日通知`} description={`推算到 ${missing} 年的日期暂按普通周末计算，并标明“暂定”；登记通知后按新的安排重算。`} />}
      <WorkingDays />
      <Section title="已登记的节假日通知" actions={<ExportButton route={exportHolidays} filtered={{}} />}>
        {value?.rows.length === 0 && <Nothing words="还没有登记节假日通知" />}
        {value?.rows.map((row) => <Notice key={row.year} notice={row} mayEdit={ability === true} />)}
      </Section>
    </Page>
  );
}

function Notice({ notice, mayEdit }: { notice: Answer<typeof listHolidayNotices>['rows'][number]; mayEdit: boolean }) {
  return (
    <div className="sz-notice-year">
      <div className="sz-section-head"><h3>{notice.year} 年</h3>{mayEdit && <div className="sz-actions no-print"><NoticeDialog year={notice.year} notice={notice} ability /></div>}</div>
      <p>{notice.title}（{notice.noticeNo}），<DateText value={notice.publishedOn} />发布{notice.importedBy === null ? '' : `，${notice.importedBy}登记`}</p>
      <dl className="sz-facts sz-facts-long">
        <div><dt>放假 {notice.daysOff.length} 天</dt><dd>{spansWords(notice.daysOff)}</dd></div>
        <div><dt>调休上班 {notice.makeupDays.length} 天</dt><dd>{spansWords(notice.makeupDays)}</dd></div>
      </dl>
    </div>
  );
}
