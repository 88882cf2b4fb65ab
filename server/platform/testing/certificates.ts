import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** 测试证书: real X.509 certificates made on the spot, so that none, and no key, lies in the repository. */
export interface Certified { readonly key: string; readonly cert: string }
/** 测试签发机构. */
export interface Authority { readonly cert: string; issue(names: readonly string[], days?: { readonly from: number; readonly until: number }): Certified }

const DAY_MS = 86_400_000;
/** One value of DER: its tag, its length, what is in it. */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const inside = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  const { length } = inside;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), inside]);
}
const seq = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const nameOf = (text: string) => seq(der(0x31, seq(der(0x06, '550403'), der(0x0c, Buffer.from(text)))));
const timeOf = (inDays: number) => der(0x18, Buffer.from(new Date(Date.now() + inDays * DAY_MS).toISOString().replaceAll(/[-:T]|\.\d+/gu, '')));
const extension = (oid: string, value: Buffer) => seq(der(0x06, oid), der(0x01, 'ff'), der(0x04, value));
const altName = (name: string) => (isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)));
const ECDSA_SHA256 = seq(der(0x06, '2a8648ce3d040302'));
const pem = (bytes: Buffer) => `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replaceAll(/(.{64})/gu, '$1\n')}\n-----END CERTIFICATE-----\n`;

interface Draft { readonly subject: string; readonly of: KeyObject; readonly names: readonly string[]; readonly from: number; readonly until: number }
interface Issuer { readonly name: string; readonly by: KeyObject }

function certificate({ subject, of, names, from, until }: Draft, { name, by }: Issuer): string {
  const is = names.length === 0 ? extension('551d13', seq(der(0x01, 'ff'))) : extension('551d11', seq(...names.map(altName)));
  const tbs = seq(
    der(0xa0, der(0x02, '02')), der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])), ECDSA_SHA256, nameOf(name), seq(timeOf(from), timeOf(until)), nameOf(subject),
    of.export({ type: 'spki', format: 'der' }), der(0xa3, seq(is)),
  );
  return pem(seq(tbs, ECDSA_SHA256, der(0x03, '00', sign('sha256', tbs, by))));
}

/** 造一个签发机构 of its own, self-signed; `issue` makes a server's certificate for these names or addresses, good for ten days unless told otherwise. */
export function authority(name = 'Test Root'): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name, by: own.privateKey };
  return {
    cert: certificate({ subject: name, of: own.publicKey, names: [], from: -10, until: 10 }, issuer),
    issue: (names, { from, until } = { from: -10, until: 10 }) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return { key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: certificate({ subject: names[0] ?? 'server', of: pair.publicKey, names, from, until }, issuer) };
    },
  };
}
