import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { getObligationOutlook, type ObligationOutlook } from '#contract/obligation.ts';
import { holderKindLabels } from '#domain/kernel/duty.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

type Outlook = z.output<typeof ObligationOutlook>;
type Tally = Pick<Outlook['areas'][number], 'open' | 'yellow' | 'red'>;

/** The three numbers, each opening the rows behind it; what no condition of the list can name is a number only. */
const numbers = <Row extends Tally>(searchOf: (row: Row) => Readonly<Record<string, string>> | null) => ([['open', '在办', null], ['yellow', '将到期', 'soon'], ['red', '已逾期', 'overdue']] as const).map(([key, title, group]) => ({
  key, title, isNumber: true, cell: (row: Row) => {
    const search = searchOf(row);
    return search === null || row[key] === 0 ? numberWords(row[key]) : <Link to={paths.obligations} search={group === null ? search : { ...search, group }}>{numberWords(row[key])}</Link>;
  },
}));

/** 按区域和责任单位: how many are open, soon due and overdue; bodies and areas, never persons, in their standing order and not by rank. */
export function ObligationOutlookPage() {
  const asked = useRoute(getObligationOutlook);
  return (
    <Page title="时限概况" lead="按乡镇街道和责任单位看在办事项的期限；按固定次序排列，不排名。" needs={[asked]} actions={<LinkButton to={paths.obligations}>回到待办与时限</LinkButton>}>
      <Section title="按乡镇街道">
        <Table name="按乡镇街道" rows={asked.data?.areas} rowKey={(row) => row.townshipId ?? 'none'} empty="没有在办事项" columns={[{ key: 'name', title: '乡镇街道', cell: (row) => row.name }, ...numbers<Outlook['areas'][number]>(({ townshipId }) => (townshipId === null ? null : { townshipId }))]} />
      </Section>
      <Section title="按责任单位">
        <Table name="按责任单位" rows={asked.data?.holders} rowKey={(row) => `${row.holderKind}-${row.holderOrgId}`} empty="没有在办事项" columns={[{ key: 'kind', title: '责任主体', cell: (row) => holderKindLabels[row.holderKind] }, { key: 'name', title: '责任单位', cell: (row) => row.name }, ...numbers<Outlook['holders'][number]>(({ holderOrgId, holderKind }) => ({ holderOrgId, holderKind }))]} />
      </Section>
    </Page>
  );
}
