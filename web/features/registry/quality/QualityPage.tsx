import { exportQuality, getQuality } from '#contract/registry/sheet.ts';
import { AsOf } from '#web/kit/AsOf.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { dateWords, numberWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table, tableText } from '#web/kit/table/Table.tsx';
import { FindingTable, findingColumns } from './FindingTable.tsx';
import { QualityFilters } from './QualityFilters.tsx';
import { estateColumns, townshipColumns } from './place-columns.tsx';

/** 数据质量: what is missing, expired or contradictory, each line a link to its repair. */
export function QualityPage() {
  const [url, change] = useUrlState();
  const query = getQuality.query.safeParse(url);
  const quality = useRoute(getQuality, { query: query.success ? query.data : {} }, { keeps: true });
  const value = quality.data;
  const go = (patch: Readonly<Record<string, string | undefined>>) => change({ ...patch, after: undefined });
  return (
    <Page
      title={value?.estate ? `数据质量：${value.estate.name}` : '数据质量'} needs={[quality]}
      actions={<ExportButton route={exportQuality} filtered={Object.fromEntries(Object.entries(url).filter(([name]) => name !== 'after'))} />}
      lead={value === undefined ? '缺什么、过期了什么、哪里对不上' : <>截至 <DateText value={value.on} />，共 {numberWords(value.total)} 处待完善。点“去补”到对应的地方。</>}
    >
      {value !== undefined && (
        <>
          <AsOf hasKnownOn={false} />
          <QualityFilters byRule={value.byRule} url={url} onChange={go} />
          <ShareBar name="数据质量" of="quality" text={() => `数据质量（截至${dateWords(value.on)}，共 ${value.total} 处）\n${tableText(findingColumns, value.findings)}`} />
          <div id="quality">
            <Section title="分问题">
              <ul className="sz-mend">
                {value.byRule.map((one) => (
                  <li key={one.rule}>
                    <span><button type="button" className="sz-explain" aria-pressed={url['rule'] === one.rule} onClick={() => go({ rule: url['rule'] === one.rule ? undefined : one.rule })}>{one.title}</button>　<span className="sz-muted">{one.why}</span></span>
                    <button type="button" className="sz-explain sz-number" aria-label={`只看${one.title}的 ${numberWords(one.count)} 处`} onClick={() => go({ rule: one.rule })}>{numberWords(one.count)} 处</button>
                  </li>
                ))}
              </ul>
            </Section>
            {value.estate === null && value.byTownship.length > 1 && (
              <Section title="分乡镇" note="企业和人员不属于某一乡镇，不在此列"><Table name="分乡镇" columns={townshipColumns((townshipId) => go({ townshipId }))} rows={value.byTownship} rowKey={(row) => row.township.id} empty="没有待完善的内容" /></Section>
            )}
            {value.estate === null && value.byEstate.length > 0 && (
              <Section title="分小区" note="点开小区，可看到逐户的问题"><Table name="分小区" columns={estateColumns((estateId) => go({ estateId }))} rows={value.byEstate} rowKey={(row) => row.estate.id} empty="没有待完善的内容" /></Section>
            )}
            <Section title="逐条" note={value.estate === null ? undefined : '包括小区本身、逐户和服务企业的问题'}>
              <FindingTable findings={value.findings} isFirst={url['after'] === undefined} next={value.next} onPage={(after) => change({ after })} />
            </Section>
          </div>
        </>
      )}
    </Page>
  );
}
