/** 提请联席会议的原因: it was overdue a second time, or came back too often. Each ground proposes a file once. */
export const agendaGrounds = { overdue: '答复第二次逾期', relapse: '办结后多次反弹' } as const;
export type AgendaGround = keyof typeof agendaGrounds;

/** 因反弹提请: at the relapse that reaches the number, inclusive, and none before. */
export const isRelapsedTooOften = (relapseNo: number, relapsesToAgenda: number): boolean => relapseNo >= relapsesToAgenda;
/** 提请原因 in words, in their standing order. */
export const groundsWords = (grounds: readonly string[]): string => Object.entries(agendaGrounds).filter(([ground]) => grounds.includes(ground)).map(([, words]) => words).join('、');
