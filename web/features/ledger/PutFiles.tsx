import { Button } from 'antd';
import { ledgerKindLabels } from '#contract/ledger.ts';
import { kindsLeft, refusalOf, type Put } from './guess-kind.ts';

/** 已选文件: with what each holds by its columns, or why it cannot be taken. */
export function PutFiles({ files, onDrop }: { files: readonly Put[]; onDrop: (put: Put) => void }) {
  return (
    <ul className="sz-mend" aria-label="已选文件">
      {files.map((put, index) => {
        const refusal = refusalOf(put.file.name) ?? put.look?.refusal?.replace(`“${put.file.name}”不能导入：`, '') ?? undefined;
        return (
          <li key={`${put.file.name}${put.file.size}${index}`}>
            <span>{put.file.name}（{sizeWords(put.file.size)}）{refusal === undefined ? <span className="sz-muted">　{wordsOf(put)}</span> : <span className="sz-error">　{refusal}</span>}</span>
            <Button size="small" onClick={() => onDrop(put)} aria-label={`去掉 ${put.file.name}`}>去掉</Button>
          </li>
        );
      })}
    </ul>
  );
}

function wordsOf(put: Put): string {
  if (put.look === null) return '正在看表头…';
  const kinds = kindsLeft(put);
  if (kinds.length === 0) return '从表头看不出是哪种台账，请在下面选';
  const [kind, more] = kinds;
  if (kind !== undefined && more === undefined) return `是${ledgerKindLabels[kind]}`;
  return `有几种台账：${kinds.map((one) => `${ledgerKindLabels[one]}（${sheetsOf(put, one)}）`).join('、')}`;
}

const sheetsOf = ({ look }: Put, kind: string): string => (look?.sheets ?? []).filter((one) => one.kind === kind).map(({ sheet }) => `“${sheet}”表`).join('、');

function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
