import { Alert, Button } from 'antd';
import { ledgerKindLabels } from '#contract/ledger.ts';
import { kindsLeft, type LedgerKind, type Put } from './guess-kind.ts';

/** Companies first: estates name them, people work for them, units stand in estates. */
const order: readonly LedgerKind[] = ['companies', 'estates', 'practitioners', 'units'];

/** 表头看得出的台账种类, in the order in which they are best imported. */
export function kindsMixed(files: readonly Put[]): readonly LedgerKind[] {
  const found = new Set(files.flatMap(kindsLeft));
  return order.filter((kind) => found.has(kind));
}

/** 种类不同的台账: one import holds one kind; says which to begin with and keeps only that. */
export function MixedKinds({ files, kind, onKeep }: { files: readonly Put[]; kind: string; onKeep: (kind: LedgerKind) => void }) {
  const kinds = kindsMixed(files);
  if (kinds.length < 2) return null;
  return (
    <Alert
      type="warning" showIcon role="alert" className="sz-kind-mix" title="放进来的不止一种台账，一次只能导入一种"
      description={(
        <>
          <p>建议按这个先后分次导入：{kinds.map((one) => ledgerKindLabels[one]).join('、')}。</p>
          <div className="sz-form-foot">{kinds.map((one) => <Button key={one} type={one === kinds[0] ? 'primary' : 'default'} aria-pressed={one === kind} onClick={() => onKeep(one)}>这次只导{ledgerKindLabels[one]}</Button>)}</div>
        </>
      )}
    />
  );
}
