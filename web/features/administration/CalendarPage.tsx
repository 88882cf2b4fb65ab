import { Alert } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { listHolidayNotices } from '#contract/administration.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { Nothing } from '#web/kit/states.tsx';
import { NoticeDialog } from './NoticeDialog.tsx';
import { WorkingDays } from './WorkingDays.tsx';

/** 工作日历: the yearly notices, and how a term of working days is counted. */
export function CalendarPage() {
  const notices = useRoute(listHolidayNotices);
  const value = notices.data;
  return (
    <Page title="工作日历" lead="按国务院办公厅每年的节假日安排推算工作日。" needs={[notices]} actions={<NoticeDialog year={value?.missingYear ?? null} />}>
      {value?.missingYear !== null && value !== undefined && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={`还没有登记 ${value.missingYear} 年的节假日通知`} description="推算到这一年的日期暂按普通周末计算，会标明“暂定”；登记通知后自动重算。" />}
      <WorkingDays />
      <Section title="已登记的节假日通知">
        {value?.rows.length === 0 && <Nothing words="还没有登记节假日通知" />}
        {value?.rows.map((row) => <Notice key={row.year} notice={row} />)}
      </Section>
    </Page>
  );
}

function Notice({ notice }: { notice: Answer<typeof listHolidayNotices>['rows'][number] }) {
  return (
    <div>
      <h3>{notice.year} 年　{notice.title}（{notice.noticeNo}）</h3>
      <p className="sz-muted"><DateText value={notice.publishedOn} /> 发布{notice.importedBy === null ? '' : `，${notice.importedBy}登记`}</p>
      <p>放假（{notice.daysOff.length} 天）：{notice.daysOff.map((day) => dateWords(day).slice(5)).join('、')}</p>
      <p>调休上班（{notice.makeupDays.length} 天）：{notice.makeupDays.length === 0 ? '无' : notice.makeupDays.map((day) => dateWords(day).slice(5)).join('、')}</p>
    </div>
  );
}
