import { Tag } from 'antd';
import type { ReactNode } from 'react';

/** 标签语气: good, worth a look, bad, or plain. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'info';

const tones: Readonly<Record<Tone, string>> = { good: 'sz-tag-good', warn: 'sz-tag-warn', bad: 'sz-tag-bad', plain: 'sz-tag-plain', info: 'sz-tag-info' };

/** 状态标签: a word in a colour; the word alone says everything. */
export function StatusTag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <Tag variant="filled" className={tones[tone]}>{children}</Tag>;
}
