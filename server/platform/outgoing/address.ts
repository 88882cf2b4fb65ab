import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** 外发策略: addresses that may be reached though they lie in refused ranges, each an IP or a CIDR; and the office's own root certificate, PEM, trusted beside the usual ones. */
export interface OutgoingRules { readonly allow: readonly string[]; readonly authority?: string }

/** 外发失败: why nothing was sent, in a sentence without personal data. `isOurs`: it never left, and trying again will not help. `isUnclear`: it may have arrived. */
export class OutgoingRefused extends Error {
  readonly isOurs: boolean;
  readonly isUnclear: boolean;
  constructor(sentence: string, { isOurs = false, isUnclear = false }: { isOurs?: boolean; isUnclear?: boolean } = {}) {
    super(sentence);
    this.name = 'OutgoingRefused';
    this.isOurs = isOurs;
    this.isUnclear = isUnclear;
  }
}

type Family = 'ipv4' | 'ipv6';
const familyOf = (address: string): Family => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** The machine itself, link-local and metadata services, and what is no single host. An intranet's own ranges are not refused: receivers live there. */
const REFUSED: readonly string[] = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '100.100.100.200/32', '192.0.0.192/32', '224.0.0.0/4', '240.0.0.0/4', '::/128', '::1/128', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254/128', '64:ff9b::/96'];

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

/** 地址段是否写对: an IP, or an IP with a number of bits. */
export function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= most));
}

const refused = listOf(REFUSED);

/** 是否可以连: false for the machine itself, link-local and metadata addresses, unless they are allowed. An IPv4 address inside an IPv6 one is that address. */
export function mayReach(address: string, { allow }: OutgoingRules): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1] ?? address;
  return !refused.check(plain, familyOf(plain)) || listOf(allow).check(plain, familyOf(plain));
}

/**
 * 解析主机: the one address that will be connected to, so that a name cannot mean another between the check and the connection.
 * @throws OutgoingRefused when the name is unknown, or any of its addresses must not be reached
 */
export async function resolveHost(host: string, rules: OutgoingRules): Promise<{ address: string; family: 4 | 6 }> {
  const bare = host.replace(/^\[(.*)\]$/u, '$1');
  const found = await lookup(bare, { all: true, verbatim: true }).catch(() => { throw new OutgoingRefused(`找不到主机“${bare}”，请核对地址，或请网管检查域名解析`); });
  if (found.some(({ address }) => !mayReach(address, rules))) throw new OutgoingRefused(`“${bare}”指向本机或保留地址，不能向它发送；确需如此，请技术人员设置 SHANZHI_OUTGOING_ALLOW`, { isOurs: true });
  const [first] = found;
  if (first === undefined) throw new OutgoingRefused(`找不到主机“${bare}”，请核对地址`);
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
