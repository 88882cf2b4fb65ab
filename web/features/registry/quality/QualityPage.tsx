import { Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { getQuality } from '#contract/registry/sheet.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table, tableText } from '#web/kit/table/Table.tsx';
import { repairPath } from './repair-path.ts';

type Quality = Answer<typeof getQuality>;
type Finding = Quality['findings'][number];

const columns: readonly Column<Finding>[] = [
  { key: 'subjectName', title: '对象', cell: (row) => row.subjectName, text: (row) => row.subjectName },
  { key: 'township', title: '乡镇街道', cell: (row) => row.township ?? '—', text: (row) => row.township ?? '' },
  { key: 'severity', title: '程度', cell: (row) => (row.severity === 'error' ? <StatusTag tone="bad">矛盾</StatusTag> : <StatusTag tone="warn">缺漏或临期</StatusTag>), text: (row) => (row.severity === 'error' ? '矛盾' : '缺漏或临期') },
  { key: 'title', title: '问题', cell: (row) => row.title, text: (row) => row.title },
  { key: 'message', title: '说明', cell: (row) => row.message, text: (row) => row.message },
];
const townships: readonly Column<Quality['byTownship'][number]>[] = [
  { key: 'township', title: '乡镇街道', cell: (row) => row.township.name, text: (row) => row.township.name },
  { key: 'errors', title: '矛盾', isNumber: true, cell: (row) => numberWords(row.errors), text: (row) => String(row.errors) },
  { key: 'warnings', title: '缺漏或临期', isNumber: true, cell: (row) => numberWords(row.warnings), text: (row) => String(row.warnings) },
  { key: 'estates', title: '涉及小区', isNumber: true, cell: (row) => numberWords(row.estates), text: (row) => String(row.estates) },
];

/** 数据质量: what is missing, expired or contradictory, each line a link to its repair. */
export function QualityPage() {
  const [url, change] = useUrlState();
  const query = getQuality.query.safeParse(url);
  const quality = useRoute(getQuality, { query: query.success ? query.data : {} }, { keeps: true });
  const value = quality.data;
  return (
    <Page title="数据质量" lead={value === undefined ? '缺什么、过期了什么、哪里对不上' : <>截至 <DateText value={value.on} />，共 {numberWords(value.total)} 处待完善。点“去补”到对应的地方。</>} needs={[quality]}>
      {value !== undefined && (
        <>
          <div className="sz-filters no-print" role="group" aria-label="筛选">
            <label className="sz-filter"><span>乡镇街道</span><OrgUnitPicker level="township" blank="不限" value={url['townshipId'] ?? ''} onChange={(townshipId) => change({ townshipId, after: undefined })} /></label>
            <label className="sz-filter"><span>问题</span><Choice blank="不限" value={url['rule'] ?? ''} choices={Object.fromEntries(value.byRule.map((one) => [one.rule, `${one.title}（${one.count}）`]))} onChange={(rule) => change({ rule, after: undefined })} /></label>
          </div>
          <ShareBar name="数据质量" of="quality" text={() => `数据质量（共 ${value.total} 处）\n${tableText(columns, value.findings)}`} />
          <div id="quality">
            <Section title="分问题">
              <ul className="sz-mend">
                {value.byRule.map((one) => (
                  <li key={one.rule}>
                    <span><button type="button" className="sz-explain" onClick={() => change({ rule: one.rule, after: undefined })}>{one.title}</button>　<span className="sz-muted">{one.why}</span></span>
                    <span className="sz-number">{numberWords(one.count)} 处</span>
                  </li>
                ))}
              </ul>
            </Section>
            <Section title="分乡镇"><Table name="分乡镇" columns={townships} rows={value.byTownship} rowKey={(row) => row.township.id} empty="没有待完善的内容" /></Section>
            <Section title="逐条">
              <Table name="逐条" columns={columns} rows={value.findings} rowKey={(row) => `${row.rule}${row.target.kind}${row.target.id}${row.target.field}`} empty="没有待完善的内容" actions={(row) => <ActionLink to={repairPath(row)}>去补</ActionLink>} />
              <div className="sz-pager no-print">
                <Button disabled={url['after'] === undefined} onClick={() => change({ after: undefined })}>回到第一页</Button>
                <Button disabled={value.next === null} onClick={() => change({ after: String(value.next ?? '') })}>下一页</Button>
              </div>
            </Section>
          </div>
        </>
      )}
    </Page>
  );
}
