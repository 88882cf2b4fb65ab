import { useNavigate } from '@tanstack/react-router';
import { App, Checkbox } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { splitEstate, type getEstate } from '#contract/registry/estate.ts';
import { listBuildings } from '#contract/registry/unit.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

type Estate = Answer<typeof getEstate>;

/** 小区分立: some buildings become an estate of their own. */
export function SplitDialog({ estate }: { estate: Estate }) {
  return <DialogButton words="分立" title={`从“${estate.name}”分出一个新小区`} ability={estate.can.merge} isDanger>{(close) => <SplitForm estate={estate} close={close} />}</DialogButton>;
}

function SplitForm({ estate, close }: { estate: Estate; close: () => void }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const buildings = useRoute(listBuildings, { params: { estateId: estate.id } });
  const [chosen, choose] = useState<readonly string[]>([]);
  const rows = buildings.data?.rows;
  if (rows === undefined) return buildings.error !== null ? <Failed error={buildings.error} /> : <Loading rows={4} />;
  if (rows.length < 2) return <Nothing words="这个小区登记的楼栋不到两栋，不能分立。请先登记楼栋，或导入房屋业主名册。" />;
  return (
    <RouteForm
      route={splitEstate} params={{ estateId: estate.id }} version={estate.version} submit="分立" fixed={{ buildingIds: chosen }} onCancel={close}
      extras={{ basis: { help: '如：重新划定物业管理区域的批复文号' } }}
      onDone={(made) => {
        message.success(`已分立出“${made.name}”，请核对两个小区的总户数和面积`);
        close();
        void navigate({ to: paths.estate(made.id) });
      }}
    >
      <fieldset className="sz-fieldset">
        <legend>分出的楼栋（已选 {chosen.length} 栋，共 {rows.length} 栋）</legend>
        <Checkbox.Group className="sz-check-list" value={[...chosen]} onChange={choose} options={rows.map((one) => ({ value: one.id, label: `${one.name}（${one.unitCount} 户）` }))} />
      </fieldset>
      <p className="sz-muted">所选楼栋的房屋、面积、业主一起转到新小区，现行合同两边都保留；本小区的业委会不变。至少留下一栋。</p>
    </RouteForm>
  );
}
