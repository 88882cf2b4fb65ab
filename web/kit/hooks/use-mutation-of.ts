import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { call, type CallInput } from '../api/call.ts';

type Sent<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = CallInput<P, Q, B> & { readonly version?: number };

/**
 * 改接口: a change through one route. What is on screen is fetched again afterwards.
 *
 * The same content sent again after a failure carries the same idempotency key, so that a retry never does it twice.
 */
export function useMutationOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>, onDone?: (answer: z.output<R>) => void,
): UseMutationResult<z.output<R>, Error, Sent<P, Q, B>> {
  const client = useQueryClient();
  const intent = useRef<{ readonly content: string; readonly key: string } | null>(null);
  return useMutation({
    mutationFn: ({ version, ...input }: Sent<P, Q, B>) => {
      const content = JSON.stringify(input);
      if (intent.current?.content !== content) intent.current = { content, key: newKey() };
      return call(route, input, { idempotencyKey: intent.current.key, ...(version === undefined ? {} : { version }) });
    },
    onSuccess: async (answer) => {
      intent.current = null;
      onDone?.(answer);
      await client.invalidateQueries();
    },
  });
}

/** 防重复提交标记: a fresh key; plain http on an intranet has no `randomUUID`, random bytes do as well. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
