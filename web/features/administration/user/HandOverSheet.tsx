import type { Answer } from '#contract/define-route.ts';
import type { getUser } from '#contract/administration/user.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { dateWords, instantWords } from '#web/kit/schema/words.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table, tableText } from '#web/kit/table/Table.tsx';
import type { HandOver } from './hand-overs.ts';

type Grant = HandOver['grants'][number];

const columns: readonly Column<Grant>[] = [
  { key: 'role', title: '岗位', cell: (row) => row.roleTitle, text: (row) => row.roleTitle },
  { key: 'scope', title: '管辖', cell: (row) => row.scopeName, text: (row) => row.scopeName },
  { key: 'unit', title: '所在单位', cell: (row) => row.orgUnitName ?? '—', text: (row) => row.orgUnitName ?? '—' },
  { key: 'title', title: '职务', cell: (row) => row.title ?? '—', text: (row) => row.title ?? '—' },
  { key: 'from', title: '到岗日期', cell: (row) => <DateText value={row.startedOn} />, text: (row) => dateWords(row.startedOn) },
];

/** 交接清单: one A4 page that both sign; drawn from what is stored, so that it can be printed again. */
export function HandOverSheet({ user, handOver, county }: { user: Answer<typeof getUser>; handOver: HandOver; county: string }) {
  const { successor, grants, at, reason } = handOver;
  const text = () => `工作交接清单\n移交人：${user.name}\n接手人：${successor.name}\n时间：${instantWords(at)}\n${tableText(columns, grants)}`;
  return (
    <>
      <ShareBar name={`${user.name}工作交接清单`} of="hand-over-sheet" text={text} />
      <section className="sz-sheet" id="hand-over-sheet" aria-label="工作交接清单">
        <h2>工作交接清单</h2>
        <p className="sz-sheet-sub">{county}　移交时间 {instantWords(at)}</p>
        <p>移交人：{user.name}（账号 {user.login}）　　接手人：{successor.name}</p>
        <p>事由：{reason ?? '—'}</p>
        <h3>移交的岗位（{grants.length} 个）</h3>
        <Table name="移交的岗位" columns={columns} rows={grants} rowKey={(row) => row.id} empty="没有" />
        <p className="sz-sheet-note">自移交时起，以上岗位由接手人办理，移交人不再具有相应权限。移交前的办理记录留存在系统中，可以查询。</p>
        <h3>随同移交的纸质材料、印章、钥匙等（手工填写）</h3>
        <div className="sz-blank-lines" aria-hidden="true"><i /><i /><i /></div>
        <div className="sz-signatures">
          {['移交人', '接手人', '监交人'].map((who) => <div key={who}><p>{who}（签字）：</p><p>　　　　年　　月　　日</p></div>)}
        </div>
      </section>
    </>
  );
}
