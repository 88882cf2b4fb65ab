import type { ReactNode } from 'react';
import { ComplaintStatisticsLine, exportComplaintStatistics, getComplaintStatistics, statisticsBy } from '#contract/complaint-statistics.ts';
import type { Answer } from '#contract/define-route.ts';
import { tenthsText, type Measure } from '#domain/complaint/statistics.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';
import { PeriodChoice } from './PeriodChoice.tsx';

type Statistics = Answer<typeof getComplaintStatistics>;
type Line = Statistics['rows'][number];
type By = keyof typeof statisticsBy;
const isBy = (text: string): text is By => Object.hasOwn(statisticsBy, text);
/** By which condition of the list the files of a line are found. */
const filterOf: Readonly<Record<By, string>> = { group: 'group', category: 'category', township: 'townshipId', neighbourhood: 'neighbourhoodId', estate: 'estateId', company: 'servingId' };
const counts = ['received', 'returned', 'closed', 'answered', 'answerOnTime', 'answerLate', 'contactOnTime', 'contactLate', 'reopened', 'relapsed', 'rated', 'content'] as const satisfies readonly Measure[];
/** What a number that is worked out from others opens: the files it is divided by. */
const worked = { perThousand: ['received', ''], answerRate: ['answerDue', '%'], contactRate: ['contactDue', '%'], contentRate: ['rated', '%'] } as const satisfies Readonly<Record<string, readonly [Measure, string]>>;
const shown = ['name', 'received', 'perThousand', 'returned', 'closed', 'answered', 'answerOnTime', 'answerLate', 'answerRate', 'contactOnTime', 'contactLate', 'contactRate', 'reopened', 'relapsed', 'rated', 'content', 'contentRate', 'units'] as const;

/** 投诉统计: by kind, place and company, never by person; every number, totals too, opens the files behind it. */
export function StatisticsPage() {
  const [state, change] = useUrlState();
  const asked = state['by'] ?? 'group';
  const by: By = isBy(asked) ? asked : 'group';
  const months = { ...(state['from'] === undefined ? {} : { from: state['from'] }), ...(state['to'] === undefined ? {} : { to: state['to'] }) };
  const found = useRoute(getComplaintStatistics, { query: { by, ...months } }, { keeps: true });
  const data = found.data;
  const ofDepartment = data?.of ?? null;
  const columns = columnsOf(ComplaintStatisticsLine, ofDepartment === null ? shown : shown.filter((name) => name !== 'perThousand' && name !== 'units'), {
    extra: ['returned', 'closed', 'answered', 'contactOnTime', 'contactLate', 'rated', 'units'],
    cells: data === undefined ? {} : {
      ...Object.fromEntries(counts.map((name) => [name, (row: Line) => behind(data, by, { row, measure: name, words: String(row[name]) })])),
      ...Object.fromEntries(Object.entries(worked).map(([name, [measure, unit]]) => [name, (row: Line) => { const value = valueOf(row, name); return value === null ? '—' : behind(data, by, { row, measure, words: `${tenthsText(value)}${unit}` }); }])),
    },
  });
  return (
    <Page
      title="投诉统计" lead="按收到的月份统计，只列事项和地方，不对个人排名。点数字看是哪几件。" needs={[found]}
      actions={<>{data !== undefined && <Definitions data={data} />}<ExportButton route={exportComplaintStatistics} filtered={{ by, ...months }} /></>}
    >
      <ComplaintTabs />
      <div className="sz-filters no-print">
        <label className="sz-filter"><span>分项</span><Choice value={by} choices={statisticsBy} onChange={(value) => change({ by: value })} /></label>
        {data !== undefined && <PeriodChoice today={data.unitsOn} from={state['from'] ?? data.from} to={state['to'] ?? data.to} onChange={change} />}
      </div>
      {data !== undefined && <ShareBar name="投诉统计" of="complaint-statistics" text={() => `投诉统计（${dateWords(data.firstOn)}至${dateWords(data.lastOn)}）：收到${data.total.received}件，按时答复率${tenthsText(data.total.answerRate)}%，满意率${tenthsText(data.total.contentRate)}%。`} />}
      <div id="complaint-statistics">
        {data !== undefined && <p className="sz-muted">{`${dateWords(data.firstOn)}至${dateWords(data.lastOn)}收到的投诉件${ofDepartment === null ? homeWords(data) : `中，${ofDepartment}主办、协办或者办过的，不是全县的。`}`}{data.isCut && '只列前500行，合计是全部的。'}</p>}
        <Table name="投诉统计" keep="complaint-statistics" columns={columns} rows={data === undefined ? undefined : data.rows.length === 0 ? [] : [...data.rows, data.total]} rowKey={(row) => row.key ?? '合计'} error={found.error} onRetry={() => void found.refetch()} empty="这段时间没有收到投诉件，请换一段时间" />
      </div>
    </Page>
  );
}

const homeWords = ({ unitsOn, estatesWithoutUnits }: Statistics): string => `；户数按${dateWords(unitsOn)}的基础台账${estatesWithoutUnits === 0 ? '' : `，${estatesWithoutUnits}个小区没有登记户数，没有计入`}。`;

const valueOf = (row: Line, name: string): number | null => (name === 'perThousand' ? row.perThousand : name === 'answerRate' ? row.answerRate : name === 'contactRate' ? row.contactRate : row.contentRate);

/** A number as the way to its files. */
function behind({ firstOn, lastOn }: Statistics, by: By, { row, measure, words }: { row: Line; measure: Measure; words: string }): ReactNode {
  const place: Readonly<Record<string, string>> = row.key === null ? {} : row.key === '' ? { lacks: by } : { [filterOf[by]]: row.key };
  return <ActionLink to={`${paths.complaints}?${new URLSearchParams({ receivedFrom: firstOn, receivedTo: lastOn, measure, ...place }).toString()}`}>{words}</ActionLink>;
}

function Definitions({ data }: { data: Statistics }) {
  return (
    <Explain value="口径和依据" title="投诉统计的口径">
      <dl className="sz-statistics-definitions">{data.definitions.map(({ title, text }) => <div key={title}><dt>{title}</dt><dd>{text}</dd></div>)}</dl>
    </Explain>
  );
}
