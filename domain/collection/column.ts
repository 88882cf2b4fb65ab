/** 栏目种类: what one column of a 采集任务 asks for; areas travel in cm², money in fen. */
export const columnKinds = { text: '文字', whole: '整数', date: '日期', flag: '是否', choice: '选项', area: '面积（㎡）', money: '金额（元）' } as const;
export type ColumnKind = keyof typeof columnKinds;

/** 每份的行: one row for the recipient itself, or one for each of its estates or companies. */
export const rowUnits = { recipient: '每个单位一行', estate: '每个小区一行', company: '每家企业一行' } as const;
export type RowUnit = keyof typeof rowUnits;

/** 采集对象. */
export const recipientKinds = { township: '乡镇街道', neighbourhood: '社区（村）', company: '物业服务企业' } as const;
export type RecipientKind = keyof typeof recipientKinds;

/** 栏目: what is asked; `field` names what the books hold of it, null where they hold nothing. `choices` only for a choice. */
export interface Column {
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
  readonly isRequired: boolean;
  readonly choices: readonly string[];
  readonly field: string | null;
  readonly help: string | null;
}

/** 一格的内容: null is blank; a choice is its words. */
export type CellContent = string | number | boolean | null;
/** 各格: row → column → content; an absent key is no answer, null is an answer of nothing. */
export type Values = Readonly<Record<string, Readonly<Record<string, CellContent>>>>;
/** 一行 as it was handed out. */
export interface Line { readonly id: string; readonly title: string }

/** 取一格; undefined where nothing was said. */
export const cellOf = (values: Values, row: string, column: string): CellContent | undefined => {
  const line = Object.hasOwn(values, row) ? values[row] : undefined;
  return line !== undefined && Object.hasOwn(line, column) ? line[column] : undefined;
};
