import { DownloadOutlined } from '@ant-design/icons';
import type { Route } from '#contract/define-route.ts';
import { apiUrl } from '../api/url.ts';
import { useMay } from '../session/use-me.ts';
import { DownloadLink } from './DownloadLink.tsx';

/** 导出: exactly what is filtered, as xlsx. Not drawn for a post that may not export. */
export function ExportButton({ route, params, filtered }: { route: Pick<Route, 'path' | 'permission'>; params?: unknown; filtered: Readonly<Record<string, string>> }) {
  const may = useMay();
  if (!may(route.permission)) return null;
  return <DownloadLink href={apiUrl(route, { params, query: filtered })} icon={<DownloadOutlined />}>导出 xlsx</DownloadLink>;
}

