import type { z } from 'zod';
import type { PublicBlock } from '#contract/publication.ts';

type Block = z.output<typeof PublicBlock>;
const PHONE = /^[0-9+()\-\s转]{7,20}$/;

/** 公开的内容, block by block: texts only, never markup. A telephone can be tapped. */
export function Blocks({ of }: { of: readonly Block[] }) {
  return of.map((block, at) => <One key={`${at}${block.kind}`} block={block} />);
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
    case 'paragraph': return <p>{block.text}</p>;
    case 'list': return <ul>{block.items.map((item) => <li key={item}>{item}</li>)}</ul>;
    case 'facts': return (
      <dl className="facts">
        {block.facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{label.includes('电话') && PHONE.test(value) ? <a href={`tel:${value.replaceAll(/[^0-9+]/g, '')}`}>{value}</a> : value}</dd></div>)}
      </dl>
    );
    case 'table': return (
      <div className="wide" tabIndex={0} role="region" aria-label="表格，可左右滑动">
        <table><thead><tr>{block.columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead><tbody>{block.rows.map((row) => <tr key={row.join('|')}>{row.map((cell, at) => <td key={block.columns[at]}>{cell}</td>)}</tr>)}</tbody></table>
      </div>
    );
  }
}
