import { IssuerCode, listIssuerCodes, listNumberRegisters, NumberRegister, postIssuerCode } from '#contract/paper.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

const codes = columnsOf(IssuerCode, ['paperKind', 'code', 'example', 'effectiveFrom', 'isInForce', 'basis'], { cells: { isInForce: (row) => (row.isInForce ? <StatusTag tone="good">现用</StatusTag> : '—') } });
const registers = columnsOf(NumberRegister, ['issuer', 'code', 'year', 'lastSerial', 'issuedCount', 'cancelledCount', 'missing'], { cells: { year: (row) => String(row.year) } });

/** 机关代字与字号: the dated codes of one's own body, and the registers with what was given. */
export function IssuerCodesPage() {
  const may = useMay();
  const own = useRoute(listIssuerCodes);
  const given = useRoute(listNumberRegisters);
  return (
    <Page
      title="机关代字与字号" needs={[own, given]} lead="机关代字从起用日起用于新签发的文书，已编的字号不变。字号签发时顺次取得，不能预留和补登。"
      actions={may('paper.code') && <RouteDialog route={postIssuerCode} params={{}} words="登记机关代字" title="登记机关代字" submit="登记" done="已登记" />}
    >
      <Section title={own.data?.issuer === null || own.data?.issuer === undefined ? '机关代字' : `${own.data.issuer}的机关代字`}><Table name="机关代字" columns={codes} rows={own.data?.rows} rowKey={(row) => row.id} empty="还没有登记机关代字；不用红头文件的单位不需要" /></Section>
      <Section title="发文字号登记" note="字号按顺序连续，“缺号”一栏应为“无”"><Table name="发文字号登记" columns={registers} rows={given.data?.rows} rowKey={(row) => `${row.issuer}${row.code}${String(row.year)}`} empty="还没有签发过文书" /></Section>
    </Page>
  );
}
