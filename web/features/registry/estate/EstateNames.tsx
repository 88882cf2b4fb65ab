import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { EstateName, type getEstate } from '#contract/registry/estate.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { NamesDialog } from './NamesDialog.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(EstateName, ['name', 'kind', 'sinceOn', 'untilOn']);

/** 其他名称与分立合并. */
export function EstateNames({ estate }: { estate: Answer<typeof getEstate> }) {
  return (
    <Section title="其他名称、分立与合并" actions={<NamesDialog estate={estate} />}>
      <Table name="其他名称" columns={columns} rows={estate.names} rowKey={(row) => row.id} empty="没有曾用名、俗称或所含地名" />
      {estate.lineage.length > 0 && (
        <ul>
          {estate.lineage.map((one) => (
            <li key={`${one.from.id}${one.to.id}`}>
              <DateText value={one.onDate} />　<Link to={paths.estate(one.from.id)}>{one.from.name}</Link> {one.kind === 'split' ? '分立出' : '并入'} <Link to={paths.estate(one.to.id)}>{one.to.name}</Link>{one.basis === null ? '' : `（${one.basis}）`}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
