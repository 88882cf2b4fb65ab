import { describe, expect, test } from 'vitest';
import { refusal, sentenceFor, StartRefused } from './embedded-refusal.ts';

describe('what stands in the way of a start', () => {
  test.each([
    ['FATAL:  could not write to file "base/1": No space left on device', /磁盘空间不足/u],
    ["ENOSPC: no space left on device, write", /磁盘空间不足/u],
    ["EROFS: read-only file system, mkdir", /只读/u],
    ['EACCES: permission denied, mkdir', /没有权限/u],
    ["ENOENT: no such file or directory, mkdir '/proc/x'", /建不起来/u],
    ['FATAL:  database files are incompatible with server\nDETAIL:  The data directory was initialized by PostgreSQL version 16', /另一版本/u],
    ['postgres: error while loading shared libraries: libicuuc.so.60', /DATABASE_URL/u],
  ])('%s becomes one Chinese sentence', (said, sentence) => {
    expect(sentenceFor(said, '/data')).toMatch(sentence);
    expect(sentenceFor(said, '/data')).toMatch(/^[^。]*。$/u);
  });

  test('the unknown keeps its last line; a refusal stays as it is', () => {
    expect(refusal(new Error('first\nstrange thing'), '/data').message).toContain('strange thing');
    const told = new StartRefused('说过了。');
    expect(refusal(told, '/data')).toBe(told);
  });
});
