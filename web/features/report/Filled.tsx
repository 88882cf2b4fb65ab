import { useState, type ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { ReportDifference, type getReportFilling } from '#contract/report.ts';
import { Section } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { CellFacts } from './CellFacts.tsx';
import { SheetGrid } from './SheetGrid.tsx';
import { SheetTabs } from './SheetTabs.tsx';

type Filling = Answer<typeof getReportFilling>;
export type FilledFace = Pick<Filling, 'cells' | 'sheets' | 'warnings' | 'differences' | 'previous'>;

/** 填好的表: the sheet with its numbers; each opens its 口径 and the records behind it. */
export function Filled({ name, filled, rowsOf }: { name: string; filled: FilledFace; rowsOf: (cell: FilledFace['cells'][number]) => ReactNode }) {
  const [sheetNo, choose] = useState(Math.max(0, filled.sheets.findIndex((sheet) => !sheet.isHidden)));
  const [address, point] = useState('A1');
  const cell = filled.cells.find((one) => one.sheet === sheetNo && one.address === address);
  const sheet = filled.sheets[sheetNo];
  const changed = new Set(filled.differences.map((one) => one.address));
  const byAddress = new Map(filled.cells.filter((one) => one.sheet === sheetNo).map((one) => [one.address, one]));
  if (sheet === undefined) return null;
  return (
    <>
      {filled.warnings.length > 0 && <Section title="请核对" note={`${filled.warnings.length} 处`}><ul>{filled.warnings.map((words) => <li key={words}>{words}</li>)}</ul></Section>}
      <Section title="填好的表" note="点一格，看口径和依据">
        <SheetTabs sheets={filled.sheets} chosen={sheetNo} onChoose={choose} />
        <div className="sz-marking">
          <div>
            <SheetGrid
              name={`${name} ${sheet.name}`} sheet={sheet} selected={address} onSelect={point} isFilled
              lookOf={(at) => {
                const one = byAddress.get(at);
                return one === undefined ? undefined : { className: one.reason !== null ? 'sz-no-data' : changed.has(at) && filled.previous !== null ? 'sz-changed' : 'sz-marked', words: `${one.title}${one.rowCount > 0 ? `，依据 ${one.rowCount} 条` : ''}，填入` };
              }}
            />
            <ul className="sz-legend"><li><span style={{ background: '#e8f1fa' }} />填入的格</li>{filled.previous !== null && <li><span style={{ background: '#e6f4ec' }} />与上次不同</li>}<li><span style={{ background: '#fdeaea' }} />没有数据</li></ul>
          </div>
          <aside aria-label="这一格的依据"><CellFacts address={address} cell={cell}>{cell !== undefined && cell.rowCount > 0 && rowsOf(cell)}</CellFacts></aside>
        </div>
      </Section>
      <Differences filled={filled} />
    </>
  );
}

const columns = columnsOf(ReportDifference, ['address', 'title', 'before', 'after'], {});

function Differences({ filled: { differences, previous } }: { filled: FilledFace }) {
  if (previous === null) return <Section title="与上次的差别"><p>这张表还没有上报过，没有可比的上次。</p></Section>;
  const names = (list: FilledFace['differences'][number]['came']) => (list.length === 0 ? '—' : `${list.slice(0, 8).map((one) => (one.place === null ? one.name : `${one.name}（${one.place}）`)).join('、')}${list.length > 8 ? ` 等 ${list.length} 个` : ''}`);
  return (
    <Section title="与上次的差别" note={`上次截至${dateWords(previous.asOfOn)}，${differences.length} 处不同`}>
      <Table
        name="与上次的差别" rows={differences} rowKey={(row) => `${row.address}${row.title}`} empty="与上次完全一样"
        columns={[...columns, { key: 'came', title: '增加了', cell: (row) => names(row.came), text: (row) => names(row.came) }, { key: 'went', title: '减少了', cell: (row) => names(row.went), text: (row) => names(row.went) }]}
      />
    </Section>
  );
}
