import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'antd';
import { Combobox, type Option } from './Combobox.tsx';

/** 选择框共用的属性. */
export interface PickerProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
  /** Shown for the value when its name is already known. */
  readonly known?: string | undefined;
}

/** 记录选择: finds one record by its name and holds its id. */
export function RecordPicker({ value, onChange, find, name, known, what, ...rest }: PickerProps & {
  readonly find: (text: string) => Promise<readonly Option[]>;
  /** The name behind an id that was set from elsewhere. */
  readonly name: (id: string) => Promise<string>;
  readonly what: string;
}) {
  const [text, type] = useState<string | null>(null);
  const [picked, keep] = useState<Option | null>(null);
  const found = useQuery({ queryKey: ['picker', what, text], queryFn: () => find(text ?? ''), enabled: text !== null && text.trim() !== '' });
  const isNamed = picked?.value === value || known !== undefined;
  const named = useQuery({ queryKey: ['picker-name', what, value], queryFn: () => name(value), enabled: value !== '' && !isNamed });
  const shown = value === '' ? '' : picked?.value === value ? picked.label : (known ?? named.data ?? '…');
  return (
    <div className="sz-picker">
      <Combobox
        {...rest} text={text ?? shown} placeholder={`输入${what}名称查找`} options={text === null ? [] : (found.data ?? [])} none={found.isFetching ? '正在查找…' : `没有找到这个${what}`}
        onText={(next) => {
          type(next);
          if (next === '') onChange('');
        }}
        onPick={(option) => {
          keep(option);
          type(null);
          onChange(option.value);
        }}
      />
      {value !== '' && <Button type="text" size="small" aria-label={`清除${what}`} onClick={() => { type(null); onChange(''); }}>×</Button>}
    </div>
  );
}
