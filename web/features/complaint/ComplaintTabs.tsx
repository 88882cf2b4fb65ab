import { Link } from '@tanstack/react-router';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import './complaint.css';

const tabs = [[paths.complaints, '列表'], [paths.incomingLetters, '来信待登记'], [paths.complaintBoard, '看板'], [paths.complaintsLongOpen, '久拖未决'], [paths.complaintAgenda, '拟提请联席会议'], [paths.complaintRebounds, '反弹率'], [paths.complaintRechecks, '待复查'], [paths.complaintStatistics, '统计'], [paths.complaintResponsibilities, '责任清单']] as const;

/** 投诉的各页: one place in the menu, the rest beside one another here. */
export function ComplaintTabs() {
  const may = useMay();
  return <nav className="sz-tabs no-print" aria-label="投诉的各页">{tabs.filter(([to]) => (to !== paths.complaintStatistics || may('complaint.statistics')) && (to !== paths.incomingLetters || may('complaint.receive'))).map(([to, words]) => <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>{words}</Link>)}</nav>;
}
