import { Alert, Button } from 'antd';

/** 已恢复: what was typed and not saved is back; it may be thrown away. */
export function Restored({ onDrop }: { onDrop: () => void }) {
  return <Alert type="info" showIcon title="已恢复您上次填写、还没有保存的内容" action={<Button size="small" onClick={onDrop}>放弃，重新填写</Button>} />;
}
