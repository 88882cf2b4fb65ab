import { Button } from 'antd';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Pager } from '#web/kit/table/Pager.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { LONG } from './sample.ts';

interface Row { readonly name: string; readonly units: number; readonly state: string }
const rows: readonly Row[] = [{ name: '松坡安置小区', units: 412, state: '已成立' }, { name: LONG, units: 1_280, state: '筹备中' }];
const columns: readonly Column<Row>[] = [
  { key: 'name', title: '小区', cell: (row) => row.name, text: (row) => row.name }, { key: 'units', title: '户数', isNumber: true, cell: (row) => row.units },
  { key: 'state', title: '业委会', cell: (row) => <StatusTag tone="info">{row.state}</StatusTag> },
];
const offline = new ProblemError(503, { title: '系统正忙', detail: '系统正忙，请稍后重试' });
const nothing = () => undefined;
const key = (row: Row) => row.name;

/** 表格: full, empty, reading, failed, and in a narrow window. */
export function Tables() {
  return (
    <>
      <Section title="表格">
        <Table name="示例小区" keep="kit" columns={columns} rows={rows} rowKey={key} empty="没有" actions={() => <Button>修改</Button>} />
        <Pager total={1000} isExact={false} shown={2} onPrevious={undefined} onNext={nothing} />
      </Section>
      <div className="sz-two">
        <Section title="表格：没有内容"><Table name="空表" columns={columns} rows={[]} rowKey={key} empty="没有符合条件的小区，请放宽筛选条件" /></Section>
        <Section title="表格：出错"><Table name="出错的表" columns={columns} rows={undefined} rowKey={key} empty="" error={offline} onRetry={nothing} /></Section>
      </div>
      <div className="sz-two">
        <Section title="表格：正在读取"><Table name="读取中的表" columns={columns} rows={undefined} rowKey={key} empty="" /></Section>
        <Section title="表格：很窄"><div style={{ width: 240 }}><Table name="窄表" columns={columns} rows={rows} rowKey={key} empty="" /></div></Section>
      </div>
    </>
  );
}
