import { Alert } from 'antd';
import { useState } from 'react';
import { postParameterOverride, putParameterOverrideWithdrawal } from '#contract/administration/parameter.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { ParameterDialog } from './ParameterDialog.tsx';
import { Uses } from './Uses.tsx';
import { basisWords, countOf, type Parameter, type Span } from './value.ts';

const columns: readonly Column<Span>[] = [
  { key: 'value', title: '值', cell: (row) => <span>{row.valueText} {row.withdrawnAt !== null && <StatusTag tone="warn">已撤回</StatusTag>}</span> },
  { key: 'from', title: '自', cell: (row) => <DateText value={row.from} /> },
  { key: 'until', title: '至（含当日）', cell: (row) => (row.until === null ? '另行改变为止' : row.until < row.from ? '未曾生效' : <DateText value={row.until} />) },
  { key: 'origin', title: '来源', cell: (row) => (row.origin === 'county' ? <span>本县设置{row.setBy !== null && <span className="sz-block sz-muted">设置人：{row.setBy}{row.setAt !== null && <>，<DateText value={row.setAt} /></>}</span>}</span> : '系统默认') },
  { key: 'basis', title: '依据', cell: (row) => <span>{basisWords(row)} {row.needsConfirmation && <StatusTag tone="warn">待核实</StatusTag>}{row.withdrawnReason !== null && <span className="sz-block sz-muted">撤回理由：{row.withdrawnReason}</span>}</span> },
];

/** 一个参数: its value in force, where it comes from, and every value it had. */
export function ParameterBlock({ parameter }: { parameter: Parameter }) {
  const mayAny = useMay()(postParameterOverride.permission);
  const may = mayAny && parameter.can.set === true;
  const [told, tell] = useState<string | null>(null);
  const now = parameter.inForce;
  const counted = countOf(now);
  return (
    <Section id={parameter.id} title={parameter.title} actions={<ParameterDialog parameter={parameter} onDone={tell} ability={mayAny ? parameter.can.set : '当前岗位只能查看；设置参数由住建局经办人或系统管理员办理'} />}>
      {told !== null && <Alert type="success" showIcon closable={{ onClose: () => tell(null) }} role="status" title={told} style={{ marginBottom: 12 }} />}
      <p className="sz-now">
        <strong>{counted === null ? now.valueText : `${counted} 项`}</strong>
        <span>{now.origin === 'county' ? '本县设置' : '系统默认'}，自<DateText value={now.from} />起{now.until !== null && <>，至<DateText value={now.until} /></>}</span>
        <span>依据：{basisWords(now)} {now.needsConfirmation && <StatusTag tone="warn">待核实</StatusTag>}</span>
      </p>
      {counted !== null && <p>{now.valueText}</p>}
      {now.basis.summary !== null && <p className="sz-muted">{now.basis.summary}</p>}
      <Uses uses={parameter.usedBy} />
      <details>
        <summary>历次的值（{parameter.spans.length}）</summary>
        <Table
          name={`${parameter.title}历次的值`} columns={columns} rows={parameter.spans} rowKey={(row) => `${row.overrideId ?? 'default'}${row.from}`} empty="没有设置过"
          {...(may ? { actions: (row: Span) => row.overrideId !== null && row.withdrawnAt === null && (
            <RouteDialog
              route={putParameterOverrideWithdrawal} params={{ overrideId: row.overrideId }} words="撤回" title={`撤回：${parameter.title} ${row.valueText}`} submit="撤回" done="已撤回" isDanger
              extras={{ from: { help: '不填则从今天起；这一天以前仍按这次设置' }, reason: { help: '如：文件已废止' } }} onDone={(answer) => tell(answer.message)}
            />
          ) } : {})}
        />
      </details>
    </Section>
  );
}
