import type { Answer } from '#contract/define-route.ts';
import type { getEstateSheet } from '#contract/registry/sheet.ts';
import { DateText } from '#web/kit/DateText.tsx';

type Sheet = Answer<typeof getEstateSheet>;

/** 一页纸: sections of facts and small tables, ready for A4 and for a long picture. */
export function SheetView({ sheet, id }: { sheet: Sheet; id: string }) {
  return (
    <section className="sz-sheet" id={id} aria-label={sheet.title}>
      <h2>{sheet.title}</h2>
      <p className="sz-sheet-sub">{sheet.subtitle}　截至 <DateText value={sheet.on} />{sheet.knownOn !== null && <>，按 <DateText value={sheet.knownOn} /> 当时掌握的情况</>}</p>
      {sheet.sections.map((section) => (
        <div key={section.title}>
          <h3>{section.title}</h3>
          {section.facts.length > 0 && (
            <dl className="sz-facts">
              {section.facts.map((fact) => (
                <div key={fact.label}><dt>{fact.label}</dt><dd>{fact.tel === null ? fact.value : <a href={`tel:${fact.tel}`}>{fact.value}</a>}</dd></div>
              ))}
            </dl>
          )}
          {section.table !== null && <SheetTable name={section.title} table={section.table} />}
        </div>
      ))}
      {sheet.notes.length > 0 && <><h3>说明</h3><ul>{sheet.notes.map((note) => <li key={note}>{note}</li>)}</ul></>}
    </section>
  );
}

function SheetTable({ name, table }: { name: string; table: NonNullable<Sheet['sections'][number]['table']> }) {
  return (
    <div className="sz-table-scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="sz-table">
        <thead><tr>{table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{table.rows.map((row, at) => <tr key={`${at}${row.join()}`}>{row.map((cell, index) => <td key={`${table.columns[index] ?? index}`} data-title={table.columns[index]}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
