import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WEB = join(ROOT, 'dist', 'web');

/** Addresses in scripts that are names or words and never fetched. */
const NEVER_FETCHED = [
  /^http:\/\/www\.w3\.org\//, // names of XML vocabularies
  /^https?:\/\/json-schema\.org\//, // names of schema dialects
  /^https:\/\/react\.dev\/errors\//, // inside the sentence of an error
  /^http:\/\/localhost\/?$/, // a base to read relative addresses by
  /^http:\/\/\[\$\{\w+\}\]$/, // how zod reads an IPv6 address
];

/** Absolute addresses elsewhere, protocol-relative ones too. A page or style sheet may hold none but names; a script those above. */
function foreign(text: string): string[] {
  const absolute = [...text.matchAll(/\b(?:https?|wss?):\/\/[^\s"'`)\\<>]+/g)].map(([url]) => url);
  const relative = [...text.matchAll(/(?:src|href|url\(|import\s*\(?|fetch\(|@import)\s*=?\s*["'(]?(\/\/[a-z0-9-]+\.[^\s"'`)]+)/gi)].map(([, url = '']) => url);
  return [...absolute, ...relative].filter((url) => !NEVER_FETCHED.some((known) => known.test(url)));
}

describe('the built console', () => {
  /** The console as it would be served; built again only when its sources have changed. */
  beforeAll(() => {
    const script = `import { buildWeb } from './tools/bootstrap/web-build.mjs'; await buildWeb(${JSON.stringify(ROOT)});`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }, 120_000);

  test('names no address outside the origin in any file', () => {
    const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:html|js|css|svg|json|webmanifest)$/.test(file));
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap((file) => foreign(readFileSync(join(WEB, file), 'utf8')).map((url) => `${file}: ${url}`))).toEqual([]);
  });
});

test.each([
  '<script src="https://cdn.example.com/a.js"></script>', '@import url(//fonts.example.com/css);', 'fetch("https://telemetry.example.com/v1")', 'new WebSocket("wss://push.example.com")', '<link href="//fonts.example.com/a.css">',
])('a planted address is told: %s', (text) => {
  expect(foreign(text)).toHaveLength(1);
});
