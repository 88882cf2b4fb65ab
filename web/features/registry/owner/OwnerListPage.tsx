import { listOwners } from '#contract/registry/unit.ts';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { ownerColumns } from './owner-columns.tsx';

/** 业主列表(脱敏). */
export function OwnerListPage() {
  return <ListPage route={listOwners} title="业主" lead="按小区登记，号码已遮盖；查看完整号码要写明原因并留有记录。这里逐人列出；首页的“业主人数”按表决规则合并（共有一户算一人，一人多户算一人），所以比这里少。要整份名册，请在“房屋”里导出。" without={['estateId']} columns={ownerColumns} rowKey={(row) => row.id} empty="还没有业主信息" />;
}
