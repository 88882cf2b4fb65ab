import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { assertDatabase } from './embedded-assert.ts';
import { StartRefused } from './embedded-refusal.ts';

const text = (value: string) => Buffer.from(`${value}\0`);
const int16 = (value: number) => { const bytes = Buffer.alloc(2); bytes.writeInt16BE(value); return bytes; };
const int32 = (value: number) => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
const message = (type: string, ...parts: readonly Buffer[]) => { const body = Buffer.concat(parts); return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]); };
const ready = message('Z', Buffer.from('I'));

/** A row as the simple protocol sends it: types by their numbers, values as text. */
function answer(fields: readonly (readonly [name: string, type: number, value: string])[]): Buffer {
  const description = fields.map(([name, type]) => Buffer.concat([text(name), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)]));
  const values = fields.map(([, , value]) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]));
  return Buffer.concat([message('T', int16(fields.length), ...description), message('D', int16(fields.length), ...values), message('C', text('SELECT 1')), ready]);
}

const open: { close(): void }[] = [];
afterEach(() => { for (const server of open.splice(0)) server.close(); });

/** What a PostgreSQL of that version puts on the wire: lets the client in and answers its first question. */
async function serverOf(facts: { version: number; name: string; encoding?: string; recovering?: boolean }): Promise<string> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      if (bytes.subarray(0, 1).toString() === 'Q') socket.write(answer([['version', 23, String(facts.version)], ['name', 25, facts.name], ['encoding', 25, facts.encoding ?? 'UTF8'], ['recovering', 16, facts.recovering === true ? 't' : 'f']]));
      else if (bytes.subarray(0, 1).toString() === 'X') socket.end();
      else socket.write(Buffer.concat([message('R', int32(0)), message('S', text('server_version'), text(facts.name)), message('K', int32(1), int32(2)), ready]));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(server);
  const { port } = server.address() as AddressInfo;
  return `postgres://somebody:secret@127.0.0.1:${port}/shanzhi`;
}

describe('a database that the product cannot run on', () => {
  test.each([
    [{ version: 140_009, name: '14.9 (Debian 14.9-1.pgdg120+1)' }, '数据库版本是 PostgreSQL 14.9 (Debian 14.9-1.pgdg120+1)，需要 15 或更高版本。'],
    [{ version: 90_624, name: '9.6.24' }, '数据库版本是 PostgreSQL 9.6.24，需要 15 或更高版本。'],
    [{ version: 150_000, name: '15.0', encoding: 'SQL_ASCII' }, '数据库编码是 SQL_ASCII，需要 UTF8；请用 UTF8 编码重新建库。'],
    [{ version: 170_002, name: '17.2', recovering: true }, 'DATABASE_URL 所指的是只读备库，请改为主库地址。'],
  ])('%o is refused in one sentence', async (facts, sentence) => {
    const error = await assertDatabase(await serverOf(facts)).then(() => null, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartRefused);
    expect(error).toMatchObject({ message: sentence });
  });

  test('one that is not there is told without the password in its address', async () => {
    const url = await serverOf({ version: 150_000, name: '15.0' });
    for (const server of open.splice(0)) server.close();
    const error = await assertDatabase(url).then(() => null, (reason: unknown) => reason);
    expect(error).toMatchObject({ message: '连不上 DATABASE_URL 所指的数据库（ECONNREFUSED），请检查地址、端口和网络。' });
  });
});
