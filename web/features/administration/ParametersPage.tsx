import './administration.css';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { About, aboutLabels } from '#contract/administration/shared.ts';
import { exportParameters, listParameters } from '#contract/administration/parameter.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { Page } from '#web/kit/Page.tsx';
import { dateWords } from '#web/kit/schema/words.ts';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { ParameterBlock } from './parameter/ParameterBlock.tsx';
import { basisWords } from './parameter/value.ts';

/** 参数: numbers that differ by place or year, each with its dates and its source. */
export function ParametersPage() {
  const { on } = useAsOf();
  const [{ about = '' }, change] = useUrlState();
  const asked = About.safeParse(about);
  const query = { ...(on === undefined ? {} : { on }), ...(asked.success ? { about: asked.data } : {}) };
  const parameters = useRoute(listParameters, { query }, { keeps: true });
  const rows = parameters.data?.rows ?? [];
  const { hash } = useLocation();
  const isThere = rows.some(({ id }) => id === hash);
  // A page that names one parameter led here: that one comes into sight.
  useEffect(() => { if (isThere) document.getElementById(hash)?.scrollIntoView(); }, [isThere, hash]);
  const text = () => [`参数（截至${dateWords(parameters.data?.on ?? '')}）`, ...rows.map((row) => `${row.title}：${row.inForce.valueText}，依据：${basisWords(row.inForce)}`)].join('\n');
  return (
    <Page title="参数" lead="随地方和年份变化的数，每个都有起始日期和依据。事情发生那天有效的是哪个数，就按哪个数办。" needs={[parameters]} actions={<ExportButton route={exportParameters} filtered={query} />}>
      <div className="sz-filters no-print" role="search" aria-label="筛选"><label className="sz-filter"><span>用于</span><Choice value={about} blank="全部" choices={aboutLabels} onChange={(next) => change({ about: next })} /></label><AsOf hasKnownOn={false} /></div>
      <ShareBar name="参数" of="parameters" text={text} />
      {rows.some(({ inForce }) => inForce.needsConfirmation) && <p className="sz-notice">标“待核实”的数还没有查到本地文件，请核对后点「本县设置」写明依据。</p>}
      <div id="parameters" className="sz-parameters">{rows.map((row) => <ParameterBlock key={row.id} parameter={row} />)}</div>
    </Page>
  );
}
