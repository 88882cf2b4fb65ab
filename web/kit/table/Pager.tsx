import { Button } from 'antd';
import { numberWords } from '../schema/words.ts';

/** 翻页: by key, so there is a previous and a next page but no page number. */
export function Pager({ total, isExact, shown, onPrevious, onNext }: {
  total: number; isExact: boolean; shown: number; onPrevious: (() => void) | undefined; onNext: (() => void) | undefined;
}) {
  return (
    <nav className="sz-pager no-print" aria-label="翻页">
      <span className="sz-muted">共 {numberWords(total)}{isExact ? '' : '+'} 条，本页 {shown} 条</span>
      <span className="sz-actions">
        <Button disabled={onPrevious === undefined} onClick={onPrevious}>上一页</Button>
        <Button disabled={onNext === undefined} onClick={onNext}>下一页</Button>
      </span>
    </nav>
  );
}
