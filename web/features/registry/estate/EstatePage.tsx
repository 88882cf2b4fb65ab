import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { Estate, getEstate } from '#contract/registry/estate.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { AsOf, useAsOf, useAsOfWords } from '#web/kit/AsOf.tsx';
import { Facts, factsText } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { repairPath } from '../quality/repair-path.ts';
import { RecordTags } from '../EstateTags.tsx';
import { MergedInto } from '../MergedInto.tsx';
import { Warnings } from '../Warnings.tsx';
import { EstateActions } from './EstateActions.tsx';
import { EstateCommittee } from './EstateCommittee.tsx';
import { EstateContracts } from './EstateContracts.tsx';
import { EstateManagers } from './EstateManagers.tsx';
import { EstateNames } from './EstateNames.tsx';
import { EstateUnitsSummary } from './EstateUnitsSummary.tsx';

const names = ['township', 'neighbourhood', 'phase', 'address', 'managementKind', 'company', 'managerName', 'gridMember', 'deliveredOn', 'developerName', 'totalUnits', 'occupiedUnits', 'buildingCount', 'totalCm2', 'deliveredCm2', 'feeFenPerM2Month', 'feeBasis', 'collectionRateBp', 'liftCount', 'parkingCount', 'chargingCount', 'fireSystem', 'note'] as const;

/** 小区详情: what is known of it on a day, with everything that was ever recorded. */
export function EstatePage() {
  const estateId = useParam('Estate', 'estateId');
  const asOf = useAsOf();
  const estate = useRoute(getEstate, { params: { estateId }, query: asOf });
  const may = useMay();
  const value = estate.data;
  return (
    <Page
      title={value?.name ?? '小区'} needs={[estate]}
      lead={value !== undefined && <>{value.township.name}{value.neighbourhood === null ? '' : ` · ${value.neighbourhood.name}`} <RecordTags archivedAt={value.archivedAt} isDemo={value.isDemo} /></>}
      actions={value !== undefined && <><LinkButton to={paths.estateSheet(estateId)} isPrimary>小区一页纸</LinkButton>{may('paper.draft') && value.archivedAt === null && <LinkButton to={`${paths.paperNew('transfer-letter')}?estateId=${estateId}`}>拟转办函</LinkButton>}<EstateActions estate={value} /></>}
    >
      {value !== undefined && <><AsOf /><Content estate={value} /></>}
    </Page>
  );
}

function Content({ estate }: { estate: Answer<typeof getEstate> }) {
  const company = estate.company === null ? undefined : <Link to={paths.company(estate.company.id)}>{estate.company.name}</Link>;
  const asOf = useAsOfWords();
  return (
    <div id="estate">
      <p className="sz-as-of-words">{estate.name}，{asOf}</p>
      <MergedInto what="这个小区" into={estate.mergedInto} to={paths.estate} />
      {estate.archivedReason !== null && <p className="sz-notice">归档原因：{estate.archivedReason}</p>}
      <Warnings items={estate.warnings} />
      <Findings estate={estate} />
      <ShareBar name={estate.name} of="estate" text={() => `${estate.name}（${asOf}）\n${factsText(Estate, estate, names)}`} />
      <Section title="基本情况"><Facts of={Estate} value={estate} names={names} instead={{ company }} /></Section>
      <div className="sz-two"><EstateCommittee estate={estate} /><EstateManagers estate={estate} /></div>
      <EstateContracts estate={estate} />
      <EstateUnitsSummary estate={estate} />
      <EstateNames estate={estate} />
      <Section title="操作历史"><History entries={estate.history} /></Section>
    </div>
  );
}

/** What is to be mended, each with the way to its form; the homes are looked at on the page of data quality. */
function Findings({ estate }: { estate: Answer<typeof getEstate> }) {
  const sees = useMay()('quality.read');
  if (estate.findings.length === 0 && (!sees || estate.unitsRecorded === 0)) return null;
  return (
    <Section title="数据问题" note="补齐或更正后自动消失" actions={sees && <LinkButton to={`${paths.quality}?estateId=${estate.id}`}>逐户检查</LinkButton>}>
      {estate.findings.length === 0 ? <p className="sz-muted">小区本身没有要补的；各户的情况请点“逐户检查”</p> : (
        <ul className="sz-mend no-print">
          {estate.findings.map((one) => <li key={`${one.rule}${one.target.field}`}><span><strong>{one.title}</strong>：{one.message}</span><ActionLink to={repairPath(one.target)} ability={one.repair}>去补</ActionLink></li>)}
        </ul>
      )}
    </Section>
  );
}
