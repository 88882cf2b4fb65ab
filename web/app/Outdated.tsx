import { Alert, Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { isOutdated, watchBuild } from '#web/kit/api/build.ts';

/** 系统已升级: this page is of the version before; what is typed stays until its reader reloads. */
export function Outdated() {
  const isOld = useSyncExternalStore(watchBuild, isOutdated);
  if (!isOld) return null;
  return (
    <Alert
      banner type="warning" className="no-print" title="系统已升级，请刷新页面；没保存的内容请先保存或抄下来"
      action={<Button size="small" type="primary" onClick={() => window.location.reload()}>刷新页面</Button>}
    />
  );
}
