import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';

/** 数字说明: a number that opens what it counts, by which rule, and from which rows. */
export function Explain({ value, title, clauses = [], children }: { value: ReactNode; title: string; clauses?: readonly string[]; children: ReactNode }) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <button type="button" className="sz-explain" aria-haspopup="dialog" title="点开看这个数怎么来的" onClick={() => open(true)}>{value}</button>
      <Modal title={title} open={isOpen} onCancel={() => open(false)} footer={<Button onClick={() => open(false)}>关闭</Button>} width={680}>
        {children}
        {clauses.length > 0 && <><h3>依据</h3><ul>{clauses.map((clause) => <li key={clause}>{clause}</li>)}</ul></>}
      </Modal>
    </>
  );
}
