import type { Answer } from '#contract/define-route.ts';
import type { getPublicItem } from '#contract/publication.ts';
import './publication.css';

type Block = Answer<typeof getPublicItem>['blocks'][number];

/** 公开的内容, block by block: plain texts, never markup. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  // Blocks never change their order on one page, and two may say the same.
  return <div className="sz-public-blocks">{blocks.map((block, at) => <One key={`${block.kind}${String(at)}`} block={block} />)}</div>;
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': return block.level === 1 ? <h2>{block.text}</h2> : <h3>{block.text}</h3>;
    case 'paragraph': return <p>{block.text}</p>;
    case 'list': return <ul>{block.items.map((item) => <li key={item}>{item}</li>)}</ul>;
    case 'facts': return <dl>{block.facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
    case 'table': return (
      <div className="sz-public-scroll" tabIndex={0} role="group" aria-label="表格">
        <table>
          <thead><tr>{block.columns.map((title, at) => <th key={`${title}${String(at)}`} scope="col">{title}</th>)}</tr></thead>
          <tbody>{block.rows.map((row, line) => <tr key={`${String(line)}${row.join('\t')}`}>{row.map((cell, at) => <td key={`${String(at)}${cell}`}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    );
  }
}
