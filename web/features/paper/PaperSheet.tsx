import type { Answer } from '#contract/define-route.ts';
import type { getPaper } from '#contract/paper.ts';
import './paper.css';

type Document = Answer<typeof getPaper>['document'];

/** 文书预览: the same words as the files, drawn for the screen. */
export function PaperSheet({ paper, id }: { paper: Document; id: string }) {
  return (
    <section id={id} className={`sz-paper sz-paper-${paper.layout}`} aria-label="文书预览">
      {paper.isDraft && <div className="sz-paper-draft">拟稿，未签发</div>}
      {paper.mark !== null && <div className="sz-paper-mark">{paper.mark}</div>}
      {paper.number !== null && <div className={paper.signer === null ? 'sz-paper-number' : 'sz-paper-number sz-paper-upward'}><span>{paper.number}</span>{paper.signer !== null && <span>签发人：<span className="sz-paper-signers">{paper.signer}</span></span>}</div>}
      <h2>{paper.titleLines.map((line) => <span key={line}>{line}</span>)}</h2>
      {paper.addressee !== null && <p className="sz-paper-flush">{paper.addressee}：</p>}
      {paper.blocks.map((block, at) => <Block key={`${block.kind}${String(at)}`} block={block} />)}
      {paper.attachments.length > 0 && <p>附件：{paper.attachments.map((name, at) => `${paper.attachments.length > 1 ? `${String(at + 1)}.` : ''}${name}`).join('　')}</p>}
      {paper.signature !== null && <div className="sz-paper-sign">{paper.hasSealPlace && <div className="sz-paper-seal">（盖章处）</div>}{paper.signature.split('\n').map((name) => <div key={name}>{name}</div>)}<div>{paper.dateText}</div></div>}
      {paper.note !== null && <p>（{paper.note}）</p>}
      {(paper.copies !== null || paper.printed !== null) && <div className="sz-paper-imprint">{paper.copies !== null && <div>抄送：{paper.copies}。</div>}{paper.printed !== null && <div>{paper.printed}</div>}</div>}
    </section>
  );
}

function Block({ block }: { block: Document['blocks'][number] }) {
  if (block.kind === 'paragraph') return <p><span className={block.level === 1 ? 'sz-paper-h1' : 'sz-paper-h2'}>{block.heading}</span>{block.text}</p>;
  if (block.kind === 'sign-places') return <>{block.places.map((place) => <p key={place}>{place}（签字）：＿＿＿＿＿＿　　年　月　日</p>)}</>;
  return (
    <div className="sz-paper-scroll" tabIndex={0} role="group" aria-label="文书中的表格">
      <table>
        <thead><tr>{block.columns.map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
        <tbody>{block.rows.map((row) => <tr key={row.join('\t')}>{row.map((cell, at) => <td key={block.columns[at]}>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
