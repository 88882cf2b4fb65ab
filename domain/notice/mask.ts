/** 邮箱(脱敏): the first letter and the host. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@');
  return at <= 0 ? '****' : `${address.slice(0, 1)}****${address.slice(at)}`;
}
