import { Alert } from 'antd';

/** 提醒: saved, but worth a second look. */
export function Warnings({ items }: { items: readonly string[] }) {
  if (items.length === 0) return null;
  return <Alert type="warning" showIcon title="请核对" description={<ul>{items.map((item) => <li key={item}>{item}</li>)}</ul>} style={{ marginBottom: 16 }} />;
}
