import { Link } from '@tanstack/react-router';
import { batchStatusLabels, ledgerKindLabels, listLedgerBatches } from '#contract/ledger.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

/** 最近导入. */
export function RecentImports() {
  const batches = useRoute(listLedgerBatches, { query: { limit: 6 } });
  const rows = batches.data?.rows;
  return (
    <Section title="最近导入" actions={<LinkButton to={paths.imports}>全部</LinkButton>}>
      {rows === undefined ? batches.error !== null ? <Failed error={batches.error} /> : <Loading rows={4} /> : rows.length === 0 ? <Nothing words="还没有导入过台账。把办公室现有的 Excel 台账直接拖进来就行。" action={<LinkButton to={paths.importNew} isPrimary>导入台账</LinkButton>} /> : (
        <ul className="sz-mend">
          {rows.map((row) => (
            <li key={row.id}>
              <span><Link to={paths.import(row.id)}>{ledgerKindLabels[row.kind]}</Link>　{batchStatusLabels[row.status]}</span>
              <span className="sz-muted">{row.createdBy}　<DateText value={row.createdAt} /></span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
