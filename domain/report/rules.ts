import type { Period } from '#domain/kernel/duty.ts';
import { defineRule, houseConvention } from '#domain/kernel/rule.ts';

/** 定期报送的表写明报给谁: a form that is sent each period says to whom, before anybody is reminded to send it. */
export const cadenceNamesReceiver = defineRule<{ readonly every: Period | null; readonly reportedTo: string | null }>({
  id: 'report.cadence-names-receiver',
  source: houseConvention('定期报送'),
  broken: ({ every, reportedTo }) => [every !== null && (reportedTo ?? '').trim() === '' && '这张表还没有写明报送单位，请先在标记里填写并保存，再设定报送周期'],
});
