import { RateBar } from '#web/kit/domain/RateBar.tsx';
import { Section } from '#web/kit/Page.tsx';

const lines = [{ key: 'baseline', title: '基线', valueBp: 4800, valueText: '48%' }, { key: 'target', title: '目标', valueBp: 6000, valueText: '60%' }, { key: 'city', title: '全市平均', valueBp: 6500, valueText: '65%' }];

/** 业务组件: the rate with the lines it is held against. */
export function Domain() {
  return (
    <Section title="比率条">
      {[null, 0, 4830, 10_000].map((rateBp) => <div key={String(rateBp)}><p>{rateBp === null ? '没有已入住小区' : `${rateBp / 100}%`}</p><RateBar rateBp={rateBp} lines={lines} /></div>)}
    </Section>
  );
}
