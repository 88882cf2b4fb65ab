import { expect, test } from 'vitest';
import type { Answer } from '#contract/define-route.ts';
import type { getUser } from '#contract/administration/user.ts';
import { handOversOf } from './hand-overs.ts';

type Grant = Answer<typeof getUser>['grants'][number];
const grant = (id: string, over: Partial<Grant>) => ({ id, endedAt: null, endedReason: null, successor: null, ...over }) as Grant;
const to = (name: string) => ({ id: name, name }) as NonNullable<Grant['successor']>;
const at = (text: string) => text as NonNullable<Grant['endedAt']>;

test('posts that ended together for one successor are one hand-over', () => {
  const found = handOversOf([grant('a', { endedAt: at('2026-11-20T02:00:00.000Z'), successor: to('李') }), grant('b', { endedAt: at('2026-11-20T02:00:00.000Z'), successor: to('李') })]);
  expect(found.map(({ grants }) => grants.length)).toEqual([2]);
});

test('a post that merely ended, or is still held, was not handed over', () => {
  expect(handOversOf([grant('a', { endedAt: at('2026-11-20T02:00:00.000Z') }), grant('b', {})])).toEqual([]);
});

test('the latest hand-over comes first', () => {
  const found = handOversOf([grant('a', { endedAt: at('2025-01-01T00:00:00.000Z'), successor: to('王') }), grant('b', { endedAt: at('2026-11-20T02:00:00.000Z'), successor: to('李') })]);
  expect(found.map(({ successor }) => successor.name)).toEqual(['李', '王']);
});
