/** 删除后的姓名、文字: what stands where a name was. */
export const ERASED = '（已删除）';

/** 请求的种类: what a person asks for. 查阅 and 复制 are answered by the same file. */
export const requestKinds = { copy: '查阅、复制', correction: '更正、补充', erasure: '删除' } as const;
export type RequestKind = keyof typeof requestKinds;

/** 请求人: the person, somebody the person sent, or 近亲属 of one who died. */
export const askers = { self: '本人', agent: '受托人', kin: '近亲属（本人已去世）' } as const;

/** 请求的状态: 待批准 is an erasure that was put forward and waits for the second person. */
export const requestStates = { open: '办理中', proposed: '待批准', done: '已办结', refused: '不予办理' } as const;
export type RequestState = keyof typeof requestStates;

/** 删除的情形, in the order of 个人信息保护法 47. */
export const erasureGrounds = {
  'purpose-done': '处理目的已实现、无法实现或者不再必要', 'period-over': '停止提供服务，或者保存期限已届满', 'consent-withdrawn': '本人撤回同意',
  unlawful: '违反法律、行政法规或者约定处理', other: '法律、行政法规规定的其他情形',
} as const;
export type ErasureGround = keyof typeof erasureGrounds;
