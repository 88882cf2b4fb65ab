import { z } from 'zod';
import { localDate } from '#contract/kernel.ts';
import { instant } from '#domain/kernel/brand.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { LONG } from './sample.ts';

const Sample = z.object({
  name: z.string().meta({ title: '名称' }), startsOn: localDate.nullable().meta({ title: '起始日期' }), phone: z.string().nullable().meta({ title: '电话' }),
  priceFen: z.int().nullable().meta({ title: '收费标准（分/㎡·月）' }), areaCm2: z.int().nullable().meta({ title: '面积' }), rateBp: z.int().nullable().meta({ title: '收缴率' }), hasLift: z.boolean().nullable().meta({ title: '有电梯' }),
});
const names = ['name', 'startsOn', 'phone', 'priceFen', 'areaCm2', 'rateBp', 'hasLift'] as const;
const full = Sample.parse({ name: LONG, startsOn: '2026-03-01', phone: '0990-1234567', priceFen: 120, areaCm2: 1_234_500_000, rateBp: 8550, hasLift: true });
const blank = Sample.parse({ name: '无名小区', startsOn: null, phone: null, priceFen: null, areaCm2: null, rateBp: null, hasLift: null });

/** 文字: tags, dates, facts, explained numbers and history. */
export function Texts() {
  return (
    <>
      <Section title="状态标签"><div className="sz-actions"><StatusTag tone="good">已成立</StatusTag><StatusTag tone="warn">三个月内届满</StatusTag><StatusTag tone="bad">已过期</StatusTag><StatusTag tone="info">筹备中</StatusTag><StatusTag>未登记</StatusTag></div></Section>
      <Section title="日期"><p><DateText value="2026-06-30" />　<DateText value="2026-06-30T08:30:00.000Z" />　<DateText value={null} /></p></Section>
      <Section title="能点开的数字"><p>业委会组建率 <Explain value="48.3%" title="业委会组建率怎么算" clauses={['《物业管理条例》第十条']}><p>已成立业委会的小区 ÷ 已入住的小区。</p></Explain></p></Section>
      <div className="sz-two">
        <Section title="要素：齐全"><Facts of={Sample} value={full} names={names} /></Section>
        <Section title="要素：没有登记"><Facts of={Sample} value={blank} names={names} /></Section>
      </div>
      <div className="sz-two">
        <Section title="操作历史"><History entries={[{ at: instant('2026-11-20T02:00:00.000Z'), action: 'estate.edit', actionText: '修改小区', actorName: '示例', reason: LONG, changes: [{ field: 'name', title: '名称', before: '', after: LONG }] }]} /></Section>
        <Section title="操作历史：没有"><History entries={[]} /></Section>
      </div>
    </>
  );
}
