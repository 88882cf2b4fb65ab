import type { Id } from '#domain/kernel/brand.ts';
import { answerFields, callerFields, orderColumns, type OrderField } from '#domain/ledger/orders/columns.ts';
import type { Db } from '#platform/db/types.ts';
import type { TextSheetTask } from '#platform/workbook/write-sheets.ts';
import { returnFactsOf, type ReturnFacts } from './return-facts.ts';
import { cellsOf, sheetsOf, textsOf, type Texts } from './row-json.ts';
import type { Heading } from './read-file.ts';

interface Item { readonly orderNo: string; readonly texts: Texts; readonly cells: Record<string, string>; readonly facts: ReturnFacts; readonly headings: readonly Heading[] }
/** Of orders that came without a file. */
const OWN: readonly Heading[] = (['orderNo', 'title', 'content'] as const).map((field, column) => ({ column, title: orderColumns[field].title, field }));

/** 回传文件的各表: the hotline's own headings as its file came in, a sheet for each kind of file, the answers where they belong; who called stays blank, for the hotline knows. */
export async function returnSheets(db: Db, returnId: Id<'HotlineReturn'>): Promise<TextSheetTask[]> {
  const rows = await db.selectFrom('complaint.hotlineReturnItem as i').innerJoin('complaint.hotlineOrder as o', 'o.complaintId', 'i.complaintId').innerJoin('complaint.complaint as c', 'c.id', 'i.complaintId').leftJoin('complaint.orderBatch as b', 'b.id', 'o.batchId')
    .leftJoin('complaint.orderRow as r', (join) => join.onRef('r.batchId', '=', 'o.batchId').onRef('r.sheetRow', '=', 'o.sheetRow').onRef('r.orderNo', '=', 'o.orderNo'))
    .select(['o.orderNo', 'o.title', 'o.texts', 'o.cells', 'i.answers', 'b.headings', 'r.sheet', 'c.body']).where('i.returnId', '=', returnId).orderBy('o.complaintId').execute();
  const items = rows.map((row): Item => {
    const sheets = row.headings === null ? [] : sheetsOf(row.headings);
    const texts = textsOf(row.texts);
    return { orderNo: row.orderNo, texts: { ...texts, orderNo: row.orderNo, title: texts.title ?? row.title, content: texts.content ?? row.body }, cells: cellsOf(row.cells), facts: returnFactsOf(row.answers), headings: (sheets.find(({ sheet }) => sheet === row.sheet) ?? sheets[0])?.headings ?? OWN };
  });
  const kinds = [...Map.groupBy(items, ({ headings }) => headings.map(({ title }) => title).join('\u0000')).values()];
  return kinds.map((group, at) => sheetOf(kinds.length === 1 ? '回传' : `回传${at + 1}`, group));
}

function sheetOf(name: string, items: readonly Item[]): TextSheetTask {
  const headings = items[0]?.headings ?? OWN;
  const added = answerFields.filter((field) => !headings.some((heading) => heading.field === field));
  return { name, headings: [...headings.map(({ title }) => title), ...added.map((field) => orderColumns[field].title)], rows: items.map((item) => [...headings.map((heading) => cellOf(item, heading)), ...added.map((field) => item.facts[field])]) };
}

function cellOf({ texts, cells, facts }: Item, { column, field }: Heading): string {
  if (field === null) return cells[String(column)] ?? '';
  if (callerFields.includes(field)) return '';
  return isAnswer(field) ? facts[field] : texts[field] ?? '';
}
const isAnswer = (field: OrderField): field is (typeof answerFields)[number] => (answerFields as readonly OrderField[]).includes(field);
