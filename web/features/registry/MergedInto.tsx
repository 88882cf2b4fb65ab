import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';

/** 已并入: where a merged record went. */
export function MergedInto({ what, into, to }: { what: string; into: { readonly id: string; readonly name: string } | null; to: (id: string) => string }) {
  if (into === null) return null;
  return <Alert type="info" showIcon title={<>{what}已并入 <Link to={to(into.id)}>{into.name}</Link></>} style={{ marginBottom: 16 }} />;
}
