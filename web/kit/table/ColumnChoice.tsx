import { Button, Checkbox, Popover } from 'antd';
import { SettingOutlined } from '@ant-design/icons';
import { useState } from 'react';
import type { Column } from './columns.tsx';

/** 列设置: which columns are shown; kept in this browser under `name`. */
export function useChosenColumns<Row>(name: string, columns: readonly Column<Row>[]): readonly [readonly Column<Row>[], (keys: readonly string[]) => void] {
  const place = `shanzhi.columns.${name}`;
  const [kept, keep] = useState(() => localStorage.getItem(place)?.split(',') ?? null);
  const chosen = columns.filter((column) => (kept === null ? column.isExtra !== true : kept.includes(column.key)));
  const change = (keys: readonly string[]) => {
    localStorage.setItem(place, keys.join(','));
    keep([...keys]);
  };
  return [chosen.length === 0 ? columns.slice(0, 1) : chosen, change];
}

/** 列设置按钮. */
export function ColumnChoice<Row>({ all, chosen, onChange }: { all: readonly Column<Row>[]; chosen: readonly Column<Row>[]; onChange: (keys: readonly string[]) => void }) {
  const keys = chosen.map((column) => column.key);
  const toggle = (key: string, isOn: boolean) => onChange(all.map((one) => one.key).filter((one) => (one === key ? isOn : keys.includes(one))));
  const list = (
    <div className="sz-column-choice" role="group" aria-label="显示哪些列">
      {all.map(({ key, title }) => <Checkbox key={key} checked={keys.includes(key)} onChange={(event) => toggle(key, event.target.checked)}>{title}</Checkbox>)}
    </div>
  );
  return <Popover trigger="click" placement="bottomRight" content={list}><Button icon={<SettingOutlined />}>列设置</Button></Popover>;
}
