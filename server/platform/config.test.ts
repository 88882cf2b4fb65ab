import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSecret } from './config-secret.ts';
import type { Env } from './config.ts';
import { ConfigMistakes, readConfig } from './config.ts';

const DATABASE_URL = 'postgres://owner:p%40ss@db.internal:5432/shanzhi';
const read = (env: Env) => readConfig(env, '/srv/shanzhi');

function mistakesOf(env: Env): readonly string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigMistakes) return error.mistakes;
    throw error;
  }
}

const inFolder = (work: (file: string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'shanzhi-secret-'));
  try { work(join(folder, 'new', 'secret.key')); } finally { rmSync(folder, { recursive: true }); }
};

describe('the configuration', () => {
  test('of an untouched machine is the demo on this machine only', () => {
    expect(read({})).toEqual({
      mode: 'demo', host: '127.0.0.1', port: 8080, origin: 'http://127.0.0.1:8080', databaseUrl: undefined, dataDir: '/srv/shanzhi/data',
      secret: undefined, secretFile: '/srv/shanzhi/data/secret.key', hash: 'sha256', namedStatements: true,
      backup: { folder: '/srv/shanzhi/data/backups', hour: 2, keep: { daily: 7, weekly: 4, monthly: 12 }, key: undefined, keyFile: undefined },
      operations: {
        trustProxy: ['loopback'], limits: { perSession: 1200, perAddress: 600 }, metricsPort: null, metricsToken: undefined, slowMs: 500,
        logFolder: '/srv/shanzhi/data/logs', logDays: 200, robots: 'public',
      },
      oidc: null, outgoing: { allow: [] },
    });
  });

  test.each<[Env, 'demo' | 'production']>([
    [{}, 'demo'],
    [{ NODE_ENV: 'development' }, 'demo'],
    [{ NODE_ENV: 'production' }, 'production'],
    [{ DATABASE_URL }, 'production'],
    [{ DATABASE_URL, SHANZHI_DEMO: '1' }, 'demo'],
    [{ SHANZHI_DEMO: '0' }, 'production'],
  ])('%o is the %s mode', (env, mode) => {
    expect(read(env).mode).toBe(mode);
  });

  test('takes an empty variable for an absent one', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ' })).toEqual(read({}));
  });

  test('publishes an address that can be opened even when it listens everywhere', () => {
    expect(read({ HOST: '0.0.0.0', PORT: '9000' }).origin).toBe('http://127.0.0.1:9000');
    expect(read({ HOST: '::1' }).origin).toBe('http://[::1]:8080');
    expect(read({ SHANZHI_ORIGIN: 'https://wuye.example.gov.cn/' }).origin).toBe('https://wuye.example.gov.cn');
  });

  test('may leave limits and watching out, but keeps logs of six months', () => {
    const off = { SHANZHI_TRUST_PROXY: 'none', SHANZHI_RATE_SESSION: 'off', SHANZHI_RATE_ADDRESS: 'off', SHANZHI_SLOW_MS: 'off', SHANZHI_LOG_DIR: 'stdout' };
    expect(read(off).operations).toMatchObject({ trustProxy: [], limits: { perSession: null, perAddress: null }, slowMs: null, logFolder: null });
    expect(read({ SHANZHI_TRUST_PROXY: '10.0.0.5, 10.1.0.0/16,fd00::/8' }).operations.trustProxy).toEqual(['10.0.0.5', '10.1.0.0/16', 'fd00::/8']);
    expect(mistakesOf({ SHANZHI_LOG_DAYS: '183' })).toEqual([expect.stringContaining('184 到 3660')]);
    expect(mistakesOf({ SHANZHI_METRICS_PORT: '8080' })).toEqual([expect.stringContaining('不能与 PORT 相同')]);
  });

  test('offers sign-in elsewhere only when it is told where, as whom and by which secret', () => {
    const whole = { SHANZHI_ORIGIN: 'https://wuye.example.gov.cn', SHANZHI_OIDC_ISSUER: 'https://id.example.gov.cn/oidc', SHANZHI_OIDC_CLIENT_ID: 'wuye', SHANZHI_OIDC_CLIENT_SECRET: 'geheim' };
    expect(read(whole).oidc).toEqual({ issuer: 'https://id.example.gov.cn/oidc', clientId: 'wuye', clientSecret: 'geheim', clientSecretFile: undefined, name: '统一身份认证', scopes: 'openid' });
    expect(read({ ...whole, SHANZHI_ORIGIN: '', SHANZHI_OIDC_ISSUER: 'http://127.0.0.1:4000' }).oidc?.issuer).toBe('http://127.0.0.1:4000');
    const wrong: readonly [Env, string][] = [
      [{ SHANZHI_OIDC_ISSUER: '' }, 'SHANZHI_OIDC_ISSUER'], [{ SHANZHI_OIDC_ISSUER: 'http://id.example.gov.cn' }, 'SHANZHI_OIDC_ISSUER'], [{ SHANZHI_OIDC_ISSUER: 'https://u:p@id.example.gov.cn' }, 'SHANZHI_OIDC_ISSUER'],
      [{ SHANZHI_OIDC_CLIENT_ID: '' }, 'SHANZHI_OIDC_CLIENT_ID'], [{ SHANZHI_OIDC_CLIENT_SECRET: '' }, 'SHANZHI_OIDC_CLIENT_SECRET'], [{ SHANZHI_OIDC_CLIENT_SECRET_FILE: '/x' }, 'SHANZHI_OIDC_CLIENT_SECRET'],
      [{ SHANZHI_OIDC_NAME: '很'.repeat(21) }, 'SHANZHI_OIDC_NAME'], [{ SHANZHI_OIDC_SCOPES: 'profile' }, 'SHANZHI_OIDC_SCOPES'], [{ SHANZHI_ORIGIN: '' }, 'SHANZHI_ORIGIN'],
      [{ SHANZHI_OIDC_CA_FILE: '/nowhere/root.pem' }, 'SHANZHI_OIDC_CA_FILE'], [{ SHANZHI_OIDC_CA_FILE: 'package.json' }, 'SHANZHI_OIDC_CA_FILE'],
    ];
    for (const [change, name] of wrong) expect([change, mistakesOf({ ...whole, ...change })]).toEqual([change, [expect.stringMatching(new RegExp(`^${name} [^。]*。$`, 'u'))]]);
    expect(mistakesOf({ ...whole, SHANZHI_OIDC_CLIENT_SECRET_FILE: '/x' }).join('')).not.toContain('geheim');
  });

  test.each<[string, string]>([
    ['SHANZHI_TRUST_PROXY', 'true'], ['SHANZHI_TRUST_PROXY', '0.0.0.0/0'], ['SHANZHI_TRUST_PROXY', '10.0.0.0/33'], ['SHANZHI_TRUST_PROXY', 'proxy.example'], ['SHANZHI_TRUST_PROXY', ','],
    ['SHANZHI_RATE_SESSION', '0'], ['SHANZHI_RATE_ADDRESS', 'many'], ['SHANZHI_SLOW_MS', '0'], ['SHANZHI_METRICS_PORT', '70000'], ['SHANZHI_METRICS_TOKEN', 'short'],
    ['PORT', '0'], ['PORT', '65536'], ['PORT', '80a'], ['PORT', '-1'], ['PORT', '1e3'],
    ['HOST', 'http://x'], ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://u:p@h/d'], ['DATABASE_URL', 'postgres://u:p@h'], ['DATABASE_URL', 'shanzhi'],
    ['SHANZHI_DEMO', 'yes'], ['SHANZHI_ROBOTS', 'all'], ['NODE_ENV', 'prod'], ['SHANZHI_HASH', 'md5'], ['SHANZHI_PG_NAMED_STATEMENTS', '1'], ['SHANZHI_OUTGOING_ALLOW', '10.0.0.0/40'], ['SHANZHI_OUTGOING_ALLOW', 'localhost'], ['SHANZHI_CA_FILE', '/nowhere/root.pem'], ['SHANZHI_CA_FILE', 'package.json'],
    ['SHANZHI_ORIGIN', 'https://x.cn/path'], ['SHANZHI_ORIGIN', 'x.cn'], ['SHANZHI_SECRET', 'short'],
  ])('%s=%s is refused in one Chinese sentence that names it', (name, value) => {
    expect(mistakesOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} [^。]*。$`, 'u'))]);
  });

  test('names all mistakes together and never repeats the database password', () => {
    const mistakes = mistakesOf({ PORT: 'x', SHANZHI_HASH: 'md5', DATABASE_URL: 'postgres://owner:geheim@h', NODE_ENV: 'production', SHANZHI_DEMO: '1' });
    expect(mistakes).toHaveLength(4);
    expect(mistakes.join('')).not.toContain('geheim');
  });
});

describe('the secret', () => {
  test('is made once, of 32 bytes, for the owner alone, and stays the same', () => {
    inFolder((secretFile) => {
      const made = readSecret({ secret: undefined, secretFile });
      expect(Buffer.from(made, 'base64')).toHaveLength(32);
      expect(statSync(secretFile).mode & 0o777).toBe(0o600);
      expect(readSecret({ secret: undefined, secretFile })).toBe(made);
      expect(readSecret({ secret: 'g'.repeat(32), secretFile })).toBe('g'.repeat(32));
    });
  });

  test('is refused when others may read its file or when the file is cut short, and is not made anew', () => {
    inFolder((secretFile) => {
      readSecret({ secret: undefined, secretFile });
      chmodSync(secretFile, 0o644);
      expect(() => readSecret({ secret: undefined, secretFile })).toThrow(/chmod 600/u);
      chmodSync(secretFile, 0o600);
      writeFileSync(secretFile, 'half');
      expect(() => readSecret({ secret: undefined, secretFile })).toThrow(/不完整/u);
      expect(readFileSync(secretFile, 'utf8')).toBe('half');
    });
  });
});
