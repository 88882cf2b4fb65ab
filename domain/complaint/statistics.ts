import { hotlineGuidance, houseConvention, type Source } from '#domain/kernel/rule.ts';

/** 统计里数的是哪些件; each is a count whose files can be listed. A file that went into another is not counted beside it; one that went back to the hotline counts as received and returned only. */
export const measures = {
  received: { title: '收到', counts: '这段时间收到的投诉件，并入别件的不另计；退单、撤回、不予受理的也在内' },
  returned: { title: '已退单', counts: '收到的件中，现在状态是已退回热线的；答复、联系、重新办理、反弹和评价都不再计它' },
  closed: { title: '已办结', counts: '收到的件中，现在状态是已办结的' },
  answered: { title: '已答复', counts: '收到的件中，已经答复的，不论是否按时' },
  answerOnTime: { title: '按时答复', counts: '已经答复，并且在“办理并答复”的期限届满前答复的' },
  answerLate: { title: '逾期答复', counts: '期限届满后才答复，或者期限已过仍没有答复的' },
  answerDue: { title: '应答复', counts: '按时答复与逾期答复之和；期限未到又没有答复的不计' },
  contactOnTime: { title: '按时首次联系', counts: '受理后在规定期限内首次联系投诉人的；涉业委会的由社区党组织介入，不计' },
  contactLate: { title: '逾期首次联系', counts: '过了期限才联系，或者期限已过仍没有联系的' },
  contactDue: { title: '应首次联系', counts: '按时首次联系与逾期首次联系之和' },
  reopened: { title: '重新办理', counts: '答复或办结后，投诉人提出新的事实，重新办理过的' },
  relapsed: { title: '反弹', counts: '同一小区同一易反弹类别办结后又有人投诉，登记为反弹的' },
  rated: { title: '已评价', counts: '投诉人作出满意、基本满意或不满意评价的；没有联系上的不计' },
  content: { title: '满意', counts: '评价为满意或基本满意的' },
} as const;
/** 一项统计. */
export type Measure = keyof typeof measures;
const isMeasure = (name: string): name is Measure => Object.hasOwn(measures, name);
/** 全部统计项, in the order of the table. */
export const measureNames: readonly Measure[] = Object.keys(measures).filter(isMeasure);

/** 所有的件数 of one line of the statistics. */
export type Tally = Readonly<Record<Measure, number>>;

/** 比率: of which files, over which; the clause it rests on. */
export interface Rate { readonly title: string; readonly of: Measure; readonly over: Measure; readonly source: Source }
const HOUSE = houseConvention('投诉统计');
/** 统计的比率. */
export const rates = {
  answerRate: { title: '按时答复率', of: 'answerOnTime', over: 'answerDue', source: HOUSE },
  contactRate: { title: '首次联系及时率', of: 'contactOnTime', over: 'contactDue', source: HOUSE },
  contentRate: { title: '满意率', of: 'content', over: 'rated', source: hotlineGuidance('全文') },
} as const satisfies Record<string, Rate>;
/** 一项比率. */
export type RateName = keyof typeof rates;

/** 比率 in tenths of a percent, rounded half up; null where there is nothing to divide by. */
export const perMille = (of: number, over: number): number | null => (over === 0 ? null : Math.floor((of * 2_000 + over) / (2 * over)));
/** 每千户 in tenths, rounded half up; null where no homes are known. */
export const perThousandTenths = (received: number, units: number): number | null => (units <= 0 ? null : Math.floor((received * 20_000 + units) / (2 * units)));
/** 一位小数 of tenths. */
export const tenthsText = (tenths: number | null): string => (tenths === null ? '—' : `${Math.floor(tenths / 10)}.${tenths % 10}`);

/** 每千户的口径. */
export const perThousandText = '收到的件数÷户数×1000。户数是查询当天基础台账登记的户数，不是收件时的户数；没有登记户数的小区不计户数';
