import { Button } from 'antd';
import { DateField } from './fields/DateField.tsx';
import { useUrlState } from './hooks/use-url-state.ts';
import { dateWords } from './schema/words.ts';
import { useMe } from './session/use-me.ts';
import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';

/** 截至日期(地址栏): the day the page is asked about and the day whose knowledge counts; empty means today. */
export function useAsOf(): { readonly on?: LocalDate; readonly knownOn?: LocalDate } {
  const [url] = useUrlState();
  const { on, knownOn } = url;
  return { ...(on !== undefined && isLocalDate(on) ? { on } : {}), ...(knownOn !== undefined && isLocalDate(knownOn) ? { knownOn } : {}) };
}

/** 截至的说法: which day what is on the page stands for, for copied text, pictures and paper. */
export function useAsOfWords(): string {
  const { on, knownOn } = useAsOf();
  const today = useMe().data?.today;
  const day = on ?? today;
  return `${day === undefined ? '' : `截至${dateWords(day)}`}${knownOn === undefined ? '' : `，按${dateWords(knownOn)}当时掌握的情况`}`;
}

/** 截至选择: kept in the address, so that a link or a print says the same. */
export function AsOf({ hasKnownOn = true }: { hasKnownOn?: boolean }) {
  const [, change] = useUrlState();
  const { on, knownOn } = useAsOf();
  return (
    <div className="sz-as-of no-print" role="group" aria-label="截至日期">
      <label><span>截至</span><DateField value={on ?? ''} onChange={(next) => change({ on: next })} /></label>
      {hasKnownOn && <label title="填写后，只按这一天已经登记在册的内容回答"><span>当时掌握</span><DateField value={knownOn ?? ''} onChange={(next) => change({ knownOn: next })} /></label>}
      <span className="sz-help">{hasKnownOn ? '“截至”看哪一天的情况；“当时掌握”只算到那一天已经登记的内容。不填就是今天。' : '看哪一天的情况，不填就是今天。'}</span>
      {(on !== undefined || knownOn !== undefined) && <Button onClick={() => change({ on: undefined, knownOn: undefined })}>回到今天</Button>}
    </div>
  );
}
