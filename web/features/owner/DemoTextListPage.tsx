import { DemoText, listDemoTexts } from '#contract/owner.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';

const states: Readonly<Record<'valid' | 'used' | 'over', { readonly words: string; readonly tone: Tone }>> = { valid: { words: '有效', tone: 'good' }, used: { words: '已使用', tone: 'plain' }, over: { words: '已失效', tone: 'plain' } };
const columns = columnsOf(DemoText, ['createdAt', 'to', 'text', 'state'], { cells: { state: (row) => <StatusTag tone={states[row.state].tone}>{states[row.state].words}</StatusTag> } });

/** 短信发件箱: in the demonstration what would have gone to owners' telephones; where messages really go out there is never anything in it. */
export function DemoTextListPage() {
  return <ListPage route={listDemoTexts} title="短信发件箱（演示）" lead="演示环境不发真短信：业主在手机上要的验证码在这里看，次日自动清除。正式使用时这里是空的。" columns={columns} rowKey={(row) => row.id} empty="还没有人要过验证码" />;
}
