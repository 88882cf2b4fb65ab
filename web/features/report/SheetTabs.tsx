import { Button } from 'antd';

/** 工作表页签: hidden sheets are named as such; one alone needs none. */
export function SheetTabs({ sheets, chosen, onChoose }: { sheets: readonly { readonly name: string; readonly isHidden: boolean }[]; chosen: number; onChoose: (index: number) => void }) {
  if (sheets.length < 2) return null;
  return (
    <div className="sz-sheet-tabs" role="group" aria-label="工作表">
      {sheets.map(({ name, isHidden }, index) => <Button key={name} size="small" type={index === chosen ? 'primary' : 'default'} aria-pressed={index === chosen} onClick={() => onChoose(index)}>{name}{isHidden ? '（隐藏）' : ''}</Button>)}
    </div>
  );
}
