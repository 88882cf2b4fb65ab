import { Input } from 'antd';

/** 日期框: the browser's own calendar; holds `YYYY-MM-DD` or nothing. */
export function DateField({ value, onChange, id, describedBy, isInvalid = false, label }: {
  value: string; onChange: (value: string) => void; id?: string; describedBy?: string | undefined; isInvalid?: boolean; label?: string;
}) {
  return (
    <Input
      type="date" min="1949-10-01" max="2100-12-31" value={value} aria-label={label} aria-describedby={describedBy} status={isInvalid ? 'error' : ''}
      onChange={(event) => onChange(event.target.value)} {...(id === undefined ? {} : { id })}
    />
  );
}
