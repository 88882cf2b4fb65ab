import type { Answer } from '#contract/define-route.ts';
import { signInResults, signInWays, type listMySignIns } from '#contract/administration/sign-in.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';

/** 登录记录, one row. */
export type SignInRow = Answer<typeof listMySignIns>['rows'][number];

const outcome = (row: SignInRow) => `${signInResults[row.result]}${row.hasLocked ? '，随后被锁定' : ''}`;
const now = ({ session }: SignInRow) => (session === null ? '—' : session.isCurrent ? '正在使用' : session.isOpen ? '登录中' : session.endedReason ?? '已退出');

/** 登录记录的列. */
export const signInColumns: readonly Column<SignInRow>[] = [
  { key: 'at', title: '时间', cell: (row) => <DateText value={row.at} />, text: (row) => instantWords(row.at) },
  { key: 'result', title: '结果', cell: (row) => <StatusTag tone={row.result === 'in' ? 'good' : 'bad'}>{outcome(row)}</StatusTag>, text: outcome },
  { key: 'way', title: '方式', cell: (row) => signInWays[row.way], text: (row) => signInWays[row.way] },
  { key: 'device', title: '设备', cell: (row) => row.device, text: (row) => row.device },
  { key: 'ip', title: '网络地址', cell: (row) => row.ip, text: (row) => row.ip },
  { key: 'now', title: '现在', cell: (row) => (row.session?.isOpen === true ? <StatusTag tone="info">{now(row)}</StatusTag> : now(row)), text: now },
];
