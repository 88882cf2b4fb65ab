import type { z } from 'zod';
import type { Correction } from '#contract/person-request.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Table } from '#web/kit/table/Table.tsx';

/** 更正的记录: which record and columns, when and by whom; never what stood there. */
export function Corrections({ rows, empty }: { rows: readonly z.output<typeof Correction>[]; empty: string }) {
  return (
    <Table
      name="更正的记录" rows={rows} rowKey={(row) => `${row.at}${row.title}`} empty={empty}
      columns={[
        { key: 'title', title: '更正了哪里', cell: (row) => row.title }, { key: 'fields', title: '栏目', cell: (row) => row.fields.join('、') },
        { key: 'at', title: '时间', cell: (row) => <DateText value={row.at} /> }, { key: 'actor', title: '办理人', cell: (row) => row.actorName },
      ]}
    />
  );
}
