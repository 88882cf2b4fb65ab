import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framesOf, skeletonOf } from './skeleton.ts';
import { scrubLine } from './scrub-log.ts';

const isOurs = (name: string) => name === 'app_user_login_key';

test('what is nobody’s stays: words of errors, codes, names of our schema; all else becomes a blank', () => {
  expect(skeletonOf('duplicate key value violates unique constraint "app_user_login_key" Key (login)=(zhang_wei) 13800138000', isOurs)).toBe('duplicate key value violates unique constraint app_user_login_key Key …');
  expect(skeletonOf('connect ECONNREFUSED 127.0.0.1:5432')).toBe('connect ECONNREFUSED …');
  expect(skeletonOf('张伟的电话 13800138000')).toBe('…');
});

test('whatever is typed, no run of three digits, no Chinese character and no word outside the vocabulary comes through', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('13800138000', '欧阳', 'Zhangwei', 'qinghe@example.cn'), (text, value) => {
    const skeleton = skeletonOf(`${text} ${value} ${text}${value}`);
    expect(skeleton).not.toMatch(/\d{3}|\p{Script=Han}|[Zz]hangwei|qinghe/u);
  }));
});

test('frames keep where in the program, not in whose folder, and never the message above them', () => {
  expect(framesOf('Error: 张伟\n    at Object.read (/srv/zhangwei/shanzhi/server/a.ts:3:7)\n    at async /srv/x/node_modules/pg/lib/client.js:9:1\n    at node:events:1:1\n    at eval (张伟:1:1)')).toEqual(['Object.read server/a.ts:3', 'node_modules/pg/lib/client.js:9', 'node:events:1', 'eval …:1']);
});

test('a field of a line stays only where it looks as ours do', () => {
  expect(scrubLine('{"level":30,"time":1,"route":"/api/estates/:estateId","status":200,"user":"张伟","reqId":"张伟","msg":"request"}', isOurs)).toEqual({ level: 30, route: '/api/estates/:estateId', status: 200, msg: 'request' });
  expect(scrubLine('张伟', isOurs)).toBeNull();
});
