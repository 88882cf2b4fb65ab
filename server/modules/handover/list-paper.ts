import type { Input } from '#contract/define-route.ts';
import type { postHandOverList } from '#contract/paper.ts';
import type { GrantOut } from '#modules/administration/index.ts';
import { causeLabels } from '#domain/handover/words.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText, momentText } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import type { HandOverRecord, ItemRecord } from './store.ts';

const MOST_LINES = 480;

/** 出具清单的岗位, in order: the first that has a body issues it. The successor's own name stands as who drafted it. */
export function paperContexts(wide: Ctx, posts: readonly GrantOut[], { countyId, toId, toName }: HandOverRecord): Ctx[] {
  return posts.map((post) => ({ ...wide, ifMatch: null, actor: { userId: toId, name: toName, grantId: post.id, role: null, sessionId: null }, scope: { level: post.level, id: post.scopeId, countyId } }));
}

/** 移交清单的内容. Everything electronic by group, what is handed over in hand as written, and who signed when. */
export function paperData(row: HandOverRecord, items: readonly ItemRecord[], today: LocalDate): Omit<Input<typeof postHandOverList>['body'], 'layout'> {
  const posts = items.filter(({ itemGroup }) => itemGroup === 'post');
  const system = items.filter(({ itemGroup }) => itemGroup === 'file').map((item) => line([item.title, '1', `系统内${item.note === '' ? '' : `，${item.note}`}`]));
  return {
    fromName: row.fromName.slice(0, 30), toName: row.toName.slice(0, 30), supervisorName: (row.witnessName ?? '').slice(0, 30), on: today,
    post: cut(posts.map(({ title }) => title).join('、'), 60), reason: cut(`${causeLabels[row.cause]}（${row.reason}）`, 40),
    grants: lines(posts.map((item) => line([...parted(item.title), item.detail]))), duties: lines(items.filter(({ itemGroup }) => itemGroup === 'duty').map((item) => line([item.title, '', item.note === '' ? item.detail : `${item.detail}；${item.note}`]))),
    files: lines([...system, ...row.papers.split(/\r?\n/).filter((text) => text.trim() !== '')]), remark: cut(remarkOf(row), 500),
  };
}

/** 签字情况 and the outgoing's remark. */
function remarkOf(row: HandOverRecord): string {
  const from = row.fromSignedBy === row.fromId ? `移交人${row.fromName}` : `${row.fromSignedName}代移交人${row.fromName}（${row.standInReason ?? ''}）`;
  const said = [
    row.fromSignedAt === null ? '' : `${from}于${momentText(row.fromSignedAt)}`, row.witnessName === null || row.witnessSignedAt === null ? '' : `监交人${row.witnessName}于${momentText(row.witnessSignedAt)}`,
    row.toSignedAt === null ? '' : `接收人${row.toName}于${momentText(row.toSignedAt)}`,
  ].filter((words) => words !== '').join('，');
  return `${said}在系统中核对密码后签字确认。${row.untilOn === null ? '' : `代管至${dateText(row.untilOn)}，期满自动交还。`}${row.remark}`;
}

/** 岗位 and what it covers, out of 「岗位（管辖）」. */
function parted(title: string): readonly [string, string] {
  const found = /^(.+?)（(.+?)）(.*)$/.exec(title);
  return found ? [`${found[1] ?? ''}${found[3] ?? ''}`, found[2] ?? ''] : [title, ''];
}

/** A cell never holds what parts cells or lines, and stays short enough for its place. */
const cell = (text: string) => cut(text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(/[|｜]/g, '／'), 200);
const line = (cells: readonly string[]) => cells.map(cell).join('｜');
const lines = (all: readonly string[]) => (all.length <= MOST_LINES ? all : [...all.slice(0, MOST_LINES), line([`其余 ${all.length - MOST_LINES} 项见系统内的交接清单`, '', ''])]).join('\n');
const cut = (text: string, most: number) => { const characters = Array.from(text); return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text; };
