/** What a page of ours never asks a browser for. */
const REFUSED = ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'serial', 'bluetooth', 'midi', 'display-capture', 'browsing-topics'] as const;

/** 不向设备要的东西, as a header; `open` is what this page may ask the person for. */
export const permissionsBut = (open: readonly (typeof REFUSED)[number][]): string => REFUSED.map((name) => `${name}=(${open.includes(name) ? 'self' : ''})`).join(', ');

/** 业主端的防护头: stricter than the console's, which writes styles into the page; but who would rather speak than type may be asked for the microphone. */
export const ownerHeaders = {
  'content-security-policy': "default-src 'self'; script-src 'self'; script-src-attr 'none'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'",
  'permissions-policy': permissionsBut(['microphone']),
} as const;
