import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemError } from './api/problem-error.ts';

/** 正在读取: grey lines where the content will stand. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return <div role="status" aria-label="正在读取" className="sz-loading"><Skeleton active title={false} paragraph={{ rows }} /></div>;
}

/** 没有内容: one sentence, and what to do about it. */
export function Nothing({ words, action }: { words: string; action?: ReactNode }) {
  return <div className="sz-nothing"><p>{words}</p>{action}</div>;
}

/** 出错了: what happened, what to do, and the number to tell the administrator. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const problem = error instanceof ProblemError ? error : undefined;
  const { title, advice } = wordsFor(problem);
  return (
    <div role="alert" className="sz-failed">
      <p className="sz-failed-title">{title}</p>
      <p>{advice}</p>
      {problem?.requestId !== undefined && problem.status >= 500 && <p className="sz-muted">请求编号：{problem.requestId}</p>}
      {onRetry !== undefined && problem?.status !== 403 && problem?.status !== 404 && <Button onClick={onRetry}>重试</Button>}
    </div>
  );
}

function wordsFor(problem: ProblemError | undefined): { title: string; advice: string } {
  if (problem === undefined) return { title: '页面出错了', advice: '请刷新页面；若仍出错，请告诉系统管理员您刚才点了什么。' };
  if (problem.status === 403) return { title: '当前岗位没有权限', advice: `${problem.message}。如有多个岗位，可在右上角切换后再试；确需使用的，请联系安全管理员。` };
  if (problem.status === 404) return { title: '没有找到', advice: `${problem.message}。也可能已归档或合并，请从列表里查找。` };
  return { title: problem.title, advice: problem.message };
}
