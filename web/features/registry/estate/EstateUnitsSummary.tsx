import type { Answer } from '#contract/define-route.ts';
import { getHeads, Rollup, type getEstate } from '#contract/registry/estate.ts';
import { useAsOf } from '#web/kit/AsOf.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import { UnitLink } from '../unit/UnitLink.tsx';

/** 房屋与业主: how many units, what area, how many heads, and how the heads are counted. */
export function EstateUnitsSummary({ estate }: { estate: Answer<typeof getEstate> }) {
  const may = useMay();
  const { rollup } = estate;
  return (
    <Section title="房屋与业主" actions={<><LinkButton to={paths.estateBuildings(estate.id)}>楼栋</LinkButton>{estate.archivedAt === null && <LinkButton to={paths.estatePosters(estate.id)}>单元门海报</LinkButton>}{may('registry.owner.read') && <><LinkButton to={paths.estateUnits(estate.id)}>房屋</LinkButton><LinkButton to={paths.estateOwners(estate.id)}>业主</LinkButton></>}</>}>
      {rollup === null ? <Nothing words="还没有导入这个小区的房屋业主名册" /> : (
        <Facts
          of={Rollup} value={rollup} names={['unitCount', 'areaCm2', 'headCount', 'weakHeadCount', 'updatedAt']}
          instead={{ headCount: <Explain value={`${numberWords(rollup.headCount)} 人`} title="业主人数怎么算" clauses={['《最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释》第八条、第九条']}><HeadsDetail estateId={estate.id} /></Explain> }}
        />
      )}
    </Section>
  );
}

function HeadsDetail({ estateId }: { estateId: Answer<typeof getEstate>['id'] }) {
  const heads = useRoute(getHeads, { params: { estateId }, query: useAsOf() });
  if (heads.isPending) return <Loading rows={3} />;
  if (heads.data === undefined) return <Failed error={heads.error} />;
  return (
    <>
      <p>{heads.data.explanation}</p>
      {heads.data.flags.length > 0 && <><h3>存疑，请核对</h3><ul>{[...Map.groupBy(heads.data.flags, (flag) => flag.message)].map(([message, flags]) => <li key={message}>{message}：<Homes units={flags.flatMap((flag) => flag.units)} /></li>)}</ul></>}
    </>
  );
}

const SHOWN = 30;

/** The homes behind a doubt, each a link to where it is mended. */
function Homes({ units }: { units: Answer<typeof getHeads>['flags'][number]['units'] }) {
  return <>{units.slice(0, SHOWN).map((unit, at) => <span key={`${unit.id}${at}`}>{at > 0 && '、'}<UnitLink id={unit.id} name={unit.name} /></span>)}{units.length > SHOWN && ` 等 ${numberWords(units.length)} 户，请在数据质量中逐户查看`}</>;
}
