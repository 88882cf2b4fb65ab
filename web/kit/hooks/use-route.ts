import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { call, type CallInput } from '../api/call.ts';

interface Options<T> {
  /** False while what it needs is not yet known. */
  readonly enabled?: boolean;
  /** Asks again every so many ms, or not at all when it says false. */
  readonly every?: (data: T | undefined) => number | false;
  /** True for lists: the last page stays on screen while the next is fetched. */
  readonly keeps?: boolean;
  /** The version of what the answer belongs to: at a new one it is asked again, and an answer given before it is never shown as the one after it. */
  readonly version?: number | undefined;
}

/** 读接口: reads one route and keeps it fresh. */
export function useRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>, input: CallInput<P, Q, B> = {}, options: Options<z.output<R>> = {},
): UseQueryResult<z.output<R>> {
  const { every } = options;
  return useQuery<z.output<R>>({
    queryKey: [route.path, input, ...(options.version === undefined ? [] : [options.version])],
    queryFn: ({ signal }) => call(route, input, { signal }),
    enabled: options.enabled ?? true,
    meta: { keeps: options.keeps ?? false },
    ...(every === undefined ? {} : { refetchInterval: (query: { state: { data: z.output<R> | undefined } }) => every(query.state.data) }),
  });
}
