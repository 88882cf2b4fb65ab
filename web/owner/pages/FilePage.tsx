import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { doorName, estatePath, OWNER_HOME } from '#contract/owner-paths.ts';
import { lookAtEstate } from '#contract/owner.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { call } from '../api.ts';
import { draftFor, dropDraft, keepDraft, type Draft } from '../draft.ts';
import { Body } from '../parts/Body.tsx';
import { Go } from '../parts/Go.tsx';
import { Page } from '../parts/Page.tsx';
import { Photo } from '../parts/Photo.tsx';
import { Sending } from '../parts/Sending.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { plainWords } from '../plain-words.ts';
import { useAnswer } from '../use-answer.ts';

/** 反映问题: where, what kind, one sentence; then the telephone. What is written stays on the device until it is sent. */
export function FilePage({ estateId, address }: { estateId: Id<'Estate'>; address: URL }) {
  const asked = useAnswer(estateId, () => call(lookAtEstate, { params: { estateId } }));
  if (asked.data === undefined) return <Page title="反映问题"><Waiting of={asked} />{asked.refusal !== null && <p><Go to={OWNER_HOME}>按名称找小区</Go></p>}</Page>;
  return <Form key={asked.data.id} estate={asked.data} address={address} />;
}

type Estate = Answer<typeof lookAtEstate>;

function Form({ estate, address: { searchParams: asked } }: { estate: Estate; address: URL }) {
  const here = estate.entrances.find(({ buildingId, entrance }) => buildingId === asked.get('b') && entrance === (asked.get('u') ?? ''));
  const [draft, setDraft] = useState(() => draftFor(estate.id, { buildingId: here?.buildingId ?? '', spot: here === undefined ? '' : doorName(here.building, here.entrance), category: asked.get('c') ?? '' }));
  const change = (part: Partial<Draft>) => { setDraft((before) => { const after = { ...before, ...part }; keepDraft(after); return after; }); };
  const isStarted = draft.body !== '' || draft.phone !== '';
  return (
    <Page title="反映问题、提建议" lead={<>{estate.name}{estate.phase ?? ''}，<Go to={estatePath(estate.id)}>不是这个小区</Go></>}>
      <p className="warn">电梯困人、起火、漏气、有人受伤，请先打 <a href="tel:119">119</a> 或 <a href="tel:110">110</a>。</p>
      <Where estate={estate} draft={draft} onChange={change} />
      <section>
        <label htmlFor="category">是什么事</label>
        <select id="category" value={draft.category} onChange={(event) => { change({ category: event.target.value }); }}>
          <option value="">请选一个最像的，选错不要紧</option>
          {plainWords.map(({ title, choices }) => <optgroup key={title} label={title}>{choices.map(([code, words]) => <option key={code} value={code}>{words}</option>)}</optgroup>)}
        </select>
      </section>
      <section>
        <Body value={draft.body} onChange={(body) => { change({ body }); }} />
        <Photo />
      </section>
      <Sending estate={estate} draft={draft} onChange={change} />
      {isStarted && <p><button type="button" onClick={() => { dropDraft(); window.location.reload(); }}>不写了，清空</button></p>}
    </Page>
  );
}

function Where({ estate, draft, onChange }: { estate: Estate; draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const buildings = [...new Map(estate.entrances.map(({ buildingId, building }) => [buildingId, building])).entries()];
  return (
    <section>
      {buildings.length > 0 && (
        <p>
          <label htmlFor="building">哪栋楼（公共的地方不用选）</label>
          <select id="building" value={draft.buildingId} onChange={(event) => { onChange({ buildingId: event.target.value }); }}>
            <option value="">不选楼栋</option>
            {buildings.map(([id, name]) => <option key={id} value={id}>{doorName(name, '')}</option>)}
          </select>
        </p>
      )}
      <label htmlFor="spot">具体在哪里（可以不填）</label>
      <input id="spot" value={draft.spot} maxLength={100} autoComplete="off" placeholder="比如：2单元门口、东门、地下车库" onChange={(event) => { onChange({ spot: event.target.value }); }} />
    </section>
  );
}
