import { z } from 'zod';
import type { Permission } from './permissions.ts';
import type { ProblemCode } from './problems.ts';

/** 路由:one line of the wire contract. Validation, types, OpenAPI, the web client and the route matrix all read this value. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `/api`, parameters written `:estateId`. */
  readonly path: `/${string}`;
  /** 中文 summary, shown in OpenAPI and in the list of rights. */
  readonly summary: string;
  /** Who may call it: a permission, `signed-in` for one's own affairs, `public` for sign-in itself. */
  readonly permission: Permission | 'signed-in' | 'public';
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly response: R;
  readonly problems: readonly ProblemCode[];
  /** `json` unless said otherwise; `upload` takes multipart, `download` answers a file, `stream` goes on as Server-Sent Events until either side ends it. */
  readonly kind: 'json' | 'upload' | 'download' | 'stream';
  /** What the route does, for the matrix. */
  readonly access: 'read' | 'write' | 'count' | 'export';
  /** True when the answer holds a secret (a one-time password, a full number): it is told once and never kept for a repeat. */
  readonly isToldOnce: boolean;
  /** True for what is open to everybody and may lie in a cache, which asks each time whether it still stands; what is not may lie in none. */
  readonly isRevalidated: boolean;
  /** True when the edit needs `If-Match` with the version that was read. */
  readonly needsVersion: boolean;
}

/** Nothing is expected here (no params, no query, no body). */
export const none = z.object({});
export type None = typeof none;

type Draft<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Route<P, Q, B, R>,
  'method' | 'path' | 'summary' | 'permission' | 'response'
> & { readonly params?: P; readonly query?: Q; readonly body?: B } & Partial<
    Pick<Route, 'problems' | 'kind' | 'access' | 'needsVersion' | 'isToldOnce' | 'isRevalidated'>
  >;

/** 定义路由:fills what was left out with the strictest reading. */
export function defineRoute<R extends z.ZodType, P extends z.ZodType = None, Q extends z.ZodType = None, B extends z.ZodType = None>(
  draft: Draft<P, Q, B, R>,
): Route<P, Q, B, R> {
  return {
    params: none as unknown as P, query: none as unknown as Q, body: none as unknown as B,
    problems: [], kind: 'json', needsVersion: false, isToldOnce: false, isRevalidated: false,
    access: draft.method === 'GET' ? 'read' : 'write',
    ...draft,
  };
}

/** What a use case receives. */
export type Input<T> = T extends Route<infer P, infer Q, infer B, z.ZodType>
  ? { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> }
  : never;

/** What a use case answers. */
export type Output<T> = T extends Route<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.input<R> : never;

/** What the web client receives. */
export type Answer<T> = T extends Route<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
