import { z } from 'zod';
import { problems, type ProblemCode } from '#contract/problems.ts';

const wire = z.object({
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  violations: z.array(z.object({ rule: z.string(), message: z.string() }).loose()).optional(),
  instance: z.string().optional(),
});

type WireProblem = z.output<typeof wire>;
const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** 请求被拒绝: what the server answered as problem+json, or that it could not be reached (`code` undefined, status 0). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: ProblemCode | undefined;
  readonly title: string;
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
  readonly requestId: string | undefined;

  constructor(status: number, problem: WireProblem) {
    super(problem.detail ?? problem.title ?? plainWords(status));
    this.status = status;
    this.code = problem.code !== undefined && isProblemCode(problem.code) ? problem.code : undefined;
    this.title = problem.title ?? plainWords(status);
    this.errors = (problem.errors ?? []).map(({ pointer, message }) => ({ pointer, message }));
    this.requestId = problem.instance?.replace('urn:request:', '');
  }
}

/** 读错误回答: makes the error of an answer that is not a success, whatever its body holds. */
export function problemOf(status: number, body: unknown): ProblemError {
  const parsed = wire.safeParse(body);
  return new ProblemError(status, parsed.success ? parsed.data : {});
}

/** 连不上: the request never got an answer. */
export function unreachable(): ProblemError {
  return new ProblemError(0, { title: '连接不上系统', detail: '连接不上系统，请检查网络后重试。已填写的内容不会丢失。' });
}

function plainWords(status: number): string {
  if (status === 401) return '请先登录';
  if (status === 403) return '没有权限';
  if (status === 404) return '没有找到';
  if (status === 413) return '文件过大';
  return status >= 500 ? '系统出错，请稍后再试' : '请求没有成功';
}
