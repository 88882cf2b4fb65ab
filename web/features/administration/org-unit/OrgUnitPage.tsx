import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { getOrgUnit, OrgUnitDetail } from '#contract/registry/org-unit.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { kindWords, UnitActions } from './UnitTable.tsx';

/** 机构详情: a township or a community, what it became and what came into it. */
export function OrgUnitPage() {
  const orgUnitId = useParam('OrgUnit', 'orgUnitId');
  const found = useRoute(getOrgUnit, { params: { orgUnitId } });
  const may = useMay();
  const unit = found.data;
  if (unit === undefined) return <Page title="组织机构" needs={[found]} />;
  const isPlace = unit.kind === 'township' || unit.kind === 'neighbourhood';
  const estates = `${paths.estates}?${unit.kind === 'township' ? 'townshipId' : 'neighbourhoodId'}=${unit.id}`;
  return (
    <Page title={unit.name} lead={`${kindWords(unit)}${unit.archivedAt === null ? '' : '，已撤销'}`} actions={<>{isPlace && unit.archivedAt === null && may('registry.read') && <LinkButton to={estates}>查看小区</LinkButton>}{may('administration.org.edit') && <UnitActions unit={unit} />}</>}>
      {unit.mergedInto !== null && <Alert type="info" showIcon title={<>已并入 <Link to={paths.orgUnit(unit.mergedInto.id)}>{unit.mergedInto.name}</Link></>} style={{ marginBottom: 16 }} />}
      <Section title="基本情况">
        <Facts
          of={OrgUnitDetail} value={unit} names={['parent', 'code', 'address', ...(isPlace ? ['estateCount' as const] : []), ...(unit.kind === 'township' ? ['neighbourhoods' as const] : [])]}
          instead={{
            parent: unit.parent === null ? '—' : <Link to={paths.orgUnit(unit.parent.id)}>{unit.parent.name}</Link>,
            neighbourhoods: unit.neighbourhoods.length === 0 ? '—' : unit.neighbourhoods.map((one, at) => <span key={one.id}>{at > 0 && '、'}<Link to={paths.orgUnit(one.id)}>{one.name}</Link></span>),
          }}
        />
      </Section>
      {isPlace && (
        <Section title="区划沿革">
          {unit.lineage.length === 0 ? <Nothing words="没有合并过" /> : (
            <ul>
              {unit.lineage.map((one) => (
                <li key={one.from.id}>
                  <DateText value={one.onDate} />　<Link to={paths.orgUnit(one.from.id)}>{one.from.name}</Link> 并入 <Link to={paths.orgUnit(one.to.id)}>{one.to.name}</Link>
                  <span className="sz-muted">（依据：{one.basis}；小区 {one.estates} 个{one.neighbourhoods > 0 && `，社区（村） ${one.neighbourhoods} 个`}，岗位 {one.posts} 个）</span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      <Section title="操作历史"><History entries={unit.history} /></Section>
    </Page>
  );
}
