/** 办理结果 in words. */
export const outcomeLabels = { resolved: '已解决', partly: '部分解决，其余有计划', explained: '解释说明', mediated: '达成调解协议', unfounded: '经查不属实', impossible: '现有条件暂不能解决' } as const;
export type Outcome = keyof typeof outcomeLabels;
/** 满意情况 in words. */
export const satisfactionLabels = { satisfied: '满意', fair: '基本满意', dissatisfied: '不满意', unreached: '未联系上' } as const;
export type Satisfaction = keyof typeof satisfactionLabels;
/** 复查结果 in words. */
export const recheckLabels = { kept: '没有反弹', relapsed: '已经反弹' } as const;
export type RecheckResult = keyof typeof recheckLabels;
