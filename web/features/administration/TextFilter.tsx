import { Input } from 'antd';
import { useState } from 'react';

/** 文字筛选: filters while typing; half-typed pinyin is left alone until it has become Chinese. */
export function TextFilter({ title, value, onChange }: { title: string; value: string; onChange: (value: string) => void }) {
  const [text, type] = useState(value);
  return (
    <label className="sz-filter">
      <span>{title}</span>
      <Input
        allowClear value={text} onCompositionEnd={(event) => onChange(event.currentTarget.value)}
        onChange={(event) => {
          type(event.target.value);
          if (!(event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing)) onChange(event.target.value);
        }}
      />
    </label>
  );
}
