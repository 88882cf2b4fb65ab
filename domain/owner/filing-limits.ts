/** 近一天提交过几件. */
export interface Filed { readonly byPhone: number; readonly byAddress: number; readonly byEstate: number }

/** In 24 hours; an address may be a whole provider's, an estate may be flooded in one night. */
const MOST = { byPhone: 6, byAddress: 60, byEstate: 300 } as const;

/** 能否再提交一件: null, or why not and where else to go. */
export function filingRefusal({ byPhone, byAddress, byEstate }: Filed): string | null {
  if (byPhone >= MOST.byPhone) return `这个手机号一天内已经提交了${MOST.byPhone}件，请明天再提交；同一件事可以用回执补充，急事请拨打12345`;
  if (byAddress >= MOST.byAddress) return '这个网络一天内提交的太多，请换用手机流量，或拨打12345';
  return byEstate >= MOST.byEstate ? '这个小区今天提交的太多，请明天再提交，急事请拨打12345' : null;
}
