import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { OutgoingRules } from './address.ts';

/** 信任的根证书: the usual ones, and beside them the office's own, where it has one. */
export const trusted = ({ authority }: OutgoingRules): { ca?: string[] } => (authority === undefined ? {} : { ca: [...rootCertificates, authority] });

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu;

/** 是否是根证书文件的内容: PEM, each block a certificate of an authority. */
export function isAuthority(pem: string): boolean {
  const blocks = pem.match(BLOCK) ?? [];
  try {
    return blocks.length > 0 && blocks.every((block) => new X509Certificate(block).ca);
  } catch {
    return false;
  }
}

/** What was not done because of a certificate, and which variable names the office's own root. */
const SENDING = { undone: '没有发送', variable: 'SHANZHI_CA_FILE' };

/** 证书不可信的说法 by the code of TLS; null when it is about something else. Nothing was sent then. */
export function certificateWords(code: string, whose: string, { undone, variable } = SENDING): string | null {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${whose}的证书与所填的主机名不符，${undone}，请核对主机名`;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return `${whose}的证书不在有效期内，${undone}，请对方更换证书，并核对本机的时间`;
  if (/SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_(?:UNTRUSTED|CHAIN|SIGNATURE|REVOKED)|INVALID_CA/u.test(code)) return `${whose}的证书不是可信的机构签发的，${undone}；单位自己签发的，请技术人员把根证书文件设到 ${variable}`;
  if (/^ERR_SSL|ERR_TLS|EPROTO/u.test(code)) return `${whose}不支持所选的加密方式，${undone}，请核对端口和加密方式`;
  return null;
}
