import { InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';

/** 拖放区: several files at once, by dropping or by choosing. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [isOver, over] = useState(false);
  return (
    <div
      className={isOver ? 'sz-drop sz-over' : 'sz-drop'}
      onDragOver={(event) => { event.preventDefault(); over(true); }} onDragLeave={() => over(false)}
      onDrop={(event) => { event.preventDefault(); over(false); onFiles([...event.dataTransfer.files]); }}
    >
      <InboxOutlined aria-hidden style={{ fontSize: 36, color: '#0b5cad' }} />
      <p><strong>把 Excel 台账拖到这里</strong>，可以一次拖几个文件</p>
      <Button onClick={() => field.current?.click()}>选择文件</Button>
      <input
        ref={field} type="file" multiple accept=".xlsx,.xls,.csv,.htm,.html,.et" aria-label="选择台账文件" className="sz-file" tabIndex={-1}
        onChange={(event) => { onFiles([...(event.target.files ?? [])]); event.target.value = ''; }}
      />
      <p className="sz-muted">xlsx 和老的 xls 都可以；办公室现在用的表直接拖进来，不用改格式</p>
    </div>
  );
}
