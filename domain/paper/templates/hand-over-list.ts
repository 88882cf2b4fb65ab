import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { cellsFit, rowsOf } from '../body-text.ts';
import type { PaperBlock, TableColumn } from '../document.ts';
import { defineTemplate, frameOf, orNull } from '../template.ts';

/** 移交清单的内容. `grants`, `duties`, `files`: one row a line, cells parted by tab or ｜. */
export interface HandOverList {
  readonly fromName: string; readonly toName: string; readonly supervisorName: string; readonly post: string; readonly reason: string; readonly on: LocalDate;
  readonly grants: string; readonly duties: string; readonly files: string; readonly remark: string;
}

const GRANTS: readonly TableColumn[] = [{ title: '序号', share: 8 }, { title: '岗位', share: 36 }, { title: '管辖对象', share: 32 }, { title: '到岗日期', share: 24 }];
const DUTIES: readonly TableColumn[] = [{ title: '序号', share: 8 }, { title: '待办事项', share: 42 }, { title: '时限', share: 24 }, { title: '进展', share: 26 }];
const FILES: readonly TableColumn[] = [{ title: '序号', share: 8 }, { title: '资料名称', share: 48 }, { title: '数量', share: 14 }, { title: '存放处', share: 30 }];

/** 移交清单: posts, open duties and files go to the successor; three sign. */
export const handOverListV1 = defineTemplate<HandOverList>({
  kind: 'hand-over-list', version: 1, layouts: ['plain'],
  check: ({ grants, duties, files }) => Object.entries({ 岗位与权限: grants, 待办事项: duties, 资料: files }).flatMap(([title, text]) => cellsFit.check({ title, rows: rowsOf(text, 3) })),
  bind: (data, head) => ({
    ...frameOf(head, null), signature: null, hasSealPlace: false,
    title: `${head.issuer}工作移交清单`, kept: [head.issuer], addressee: null,
    blocks: [
      { kind: 'paragraph', level: 0, text: `${data.fromName}因${data.reason}，自${dateText(data.on)}起将${data.post}的工作移交给${data.toName}。移交的岗位、待办事项和资料如下：` },
      ...part('一、岗位与权限', GRANTS, data.grants), ...part('二、待办事项', DUTIES, data.duties), ...part('三、资料', FILES, data.files),
      ...(orNull(data.remark) === null ? [] : [{ kind: 'paragraph', level: 0, text: `备注：${data.remark.trim()}` } as const]),
      { kind: 'sign-places', places: ['移交人', '接收人', '监交人'] },
    ],
    attachments: [], note: data.supervisorName.trim() === '' ? null : `监交人：${data.supervisorName.trim()}`,
  }),
});

function part(heading: string, columns: readonly TableColumn[], text: string): PaperBlock[] {
  const rows = rowsOf(text, columns.length - 1).map((cells, at) => [String(at + 1), ...cells]);
  return [{ kind: 'paragraph', level: 1, text: heading }, rows.length === 0 ? { kind: 'paragraph', level: 0, text: '无。' } : { kind: 'table', columns, rows }];
}
