import { isBlankText, remembering } from './cells/cell.ts';
import { headerKey, LEVELS } from './header.ts';
import type { SheetMapping, SkippedRow } from './types.ts';

const TOTAL = /^.{0,20}(小计|合计|总计|共计|累计|汇总)(?:[:(].*|\d+.{0,3})?$/;
const FOOTER = /^(填表|制表|审核|审批|填报|复核|单位负责人|负责人|经办|联系人|联系电话|联系方式|报送|上报|填写|日期|盖章|\(盖章|\(公章|签字|签章|分管领导|主要领导|备注|注|说明|附注|填表说明|统计口径|数据来源).{0,14}[::]/;
const LONG = 30;

/**
 * 行类别:is this row data, or one of the rows that offices put between and around data?
 *
 * `texts` are the cells as normalised text. Null means data. `keyColumns` are those that make a row a thing of its own
 * (name, number, area …), not those that speak for several rows.
 */
export function classify(texts: readonly string[], mapping: SheetMapping, keyColumns: readonly number[], nameColumn: number): SkippedRow['why'] | null {
  const filled = texts.flatMap((text, column) => (isBlankText(text) ? [] : [column]));
  if (filled.length === 0) return 'blank';
  if (isHeaderAgain(texts, mapping, nameColumn) || isNumbering(filled.map((column) => texts[column] ?? ''))) return 'header';
  if (EXAMPLE.test(texts[filled[0] ?? 0] ?? '') || [filled[0] ?? 0, nameColumn].some((column) => EXAMPLE_OF.test(texts[column] ?? ''))) return 'note';
  // 与东苑合计 behind a name is a remark: the line sums up only where no name stands before the word.
  const isNameless = isBlankText(texts[nameColumn] ?? '');
  if (texts.slice(0, Math.max(nameColumn, 3) + 1).some((text, column) => text.length >= 2 && (column <= nameColumn || isNameless) && TOTAL.test(text.replaceAll(' ', '')))) return 'subtotal';
  if (INSTRUCTION.test(texts[nameColumn] ?? '') && isInstruction(filled.map((column) => texts[column] ?? ''))) return 'note';
  const first = texts[filled[0] ?? 0] ?? '';
  if (FOOTER.test(first)) return 'footer';
  if (keyColumns.every((column) => (texts[column] ?? '') === '')) return filled.length === 1 && first.length > 3 ? 'note' : 'blank';
  return filled.length === 1 && isNote(first, filled[0] ?? 0, nameColumn) ? 'note' : null;
}

const INSTRUCTION = /^[(]?(请?(从)?下拉|请?填写|请选择|请填|选填|必填|单选|多选|填报|格式|是或否|填整数|填数字|文本型?|数字型?|整数|日期型?)/;

/** 下拉选择 | 填写全称 | 是或否: the form's maker tells below the header how to fill it. */
const isInstruction = (filled: readonly string[]): boolean => filled.length > 1 && filled.filter((text) => INSTRUCTION.test(text)).length * 2 > filled.length;

const EXAMPLE = /^[(]?(例|示例|样例|举例|例如|范例|填写示例|填报示例)[)]?:?$/;
/** (示例)幸福家园: a name that the form's maker put there. */
const EXAMPLE_OF = /^(?:[(](?:例|示例|样例|范例|举例)[)]|(?:例|示例|样例|范例):)./;
const NUMBERED = /^[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛壬癸]|栏次|序号)(?:=[\d()+\-*/=]+)?[)]?$/;
const FEWEST_NUMBERED = 4;

/** Below many headers stand the numbers of the columns: (1) (2) (3) …, 甲 乙 1 2 …: each one more than the one before. */
function isNumbering(filled: readonly string[]): boolean {
  if (filled.length < FEWEST_NUMBERED || !filled.every((text) => NUMBERED.test(text))) return false;
  const figures = filled.map((text) => Number(/\d{1,2}/.exec(text)?.[0] ?? Number.NaN)).filter((figure) => !Number.isNaN(figure));
  return figures.every((figure, at) => at === 0 || figure === (figures[at - 1] ?? 0) + 1);
}

/** 另一张表的表头:the column of names repeats its own header, or most cells are names of fields, and it is no repeat of this header. */
export function isOtherHeader(texts: readonly string[], { headers }: SheetMapping, nameColumn: number, fieldNames: ReadonlySet<string>): boolean {
  const filled = texts.filter((text) => text !== '');
  if (filled.length < 2 || filled.some((text) => text.length > LONG || /^\d/.test(text))) return false;
  const named = filled.filter((text) => fieldNames.has(keyOf(text))).length;
  return (repeatsHeader(texts[nameColumn] ?? '', headers[nameColumn]) && named > 0) || (named >= FEWEST_NAMED && named * 2 > filled.length);
}

const FEWEST_NAMED = 3;

/** A lone cell is a note unless it is a short name in the column of names. */
function isNote(text: string, column: number, nameColumn: number): boolean {
  return column !== nameColumn || text.length > LONG || /^\d+[.、)]\S|^[(]?[一二三四五六七八九十]{1,3}[)、.]|[::。;]/.test(text) || /(台账|名册|统计表|情况表|一览表|明细表)$/.test(text);
}

/** Most mapped cells repeat a level of their own header; looked at closely only where the column of names does. */
function isHeaderAgain(texts: readonly string[], { columns, headers }: SheetMapping, nameColumn: number): boolean {
  if (!repeatsHeader(texts[nameColumn] ?? '', headers[nameColumn])) return false;
  const filled = Object.values(columns).filter((column) => (texts[column] ?? '') !== '');
  const same = filled.filter((column) => repeatsHeader(texts[column] ?? '', headers[column]));
  return same.length >= 2 && same.length * 2 > filled.length;
}

const keyOf = remembering(headerKey);
const levelsOf = remembering((header) => header.split(LEVELS).map(headerKey));

function repeatsHeader(text: string, header: string | undefined): boolean {
  return text !== '' && text.length <= LONG && header !== undefined && levelsOf(header).includes(keyOf(text));
}
