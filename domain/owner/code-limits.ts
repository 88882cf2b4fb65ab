/** 验证码有效分钟数, and how often one may be tried. Long enough to find a pair of glasses. */
export const CODE_MINUTES = 10;
export const MOST_TRIES = 5;

/** 近来要过几次: seconds since the last one to this telephone (null: none), and how many were asked for in the last hour or day. */
export interface Asked { readonly secondsSince: number | null; readonly byPhoneHour: number; readonly byPhoneDay: number; readonly byAddressHour: number; readonly byEstateHour: number }

const PAUSE_SECONDS = 60;
/** Of an address many may be behind one: a provider's telephones share theirs. */
const MOST = { byPhoneHour: 4, byPhoneDay: 8, byAddressHour: 60, byEstateHour: 200 } as const;

/** 能否再要一个验证码: null, or why not. The limits are ours, not the law's: they keep others' telephones quiet and the county's bill small. */
export function codeRefusal({ secondsSince, byPhoneHour, byPhoneDay, byAddressHour, byEstateHour }: Asked): string | null {
  if (secondsSince !== null && secondsSince < PAUSE_SECONDS) return `验证码刚发过，请 ${PAUSE_SECONDS - Math.max(0, secondsSince)} 秒后再要`;
  if (byPhoneDay >= MOST.byPhoneDay) return '这个手机号今天要验证码的次数太多，请明天再试，或到社区窗口登记';
  if (byPhoneHour >= MOST.byPhoneHour) return '这个手机号一小时内要验证码的次数太多，请过一小时再试';
  if (byAddressHour >= MOST.byAddressHour) return '这个网络要验证码的次数太多，请过一小时再试，或换用手机流量';
  return byEstateHour >= MOST.byEstateHour ? '这个小区要验证码的人太多，请过一小时再试，急事请拨打12345' : null;
}
