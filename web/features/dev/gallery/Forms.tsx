import { useState } from 'react';
import { z } from 'zod';
import { FieldControl } from '#web/kit/form/FieldControl.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { Section } from '#web/kit/Page.tsx';
import { fieldsOf } from '#web/kit/schema/field-facts.ts';
import { localDate } from '#contract/kernel.ts';

const Sample = z.object({
  name: z.string().max(100).meta({ title: '名称' }), remark: z.string().max(500).nullish().meta({ title: '备注' }), startsOn: localDate.meta({ title: '起始日期' }),
  priceFen: z.int().nullish().meta({ title: '收费标准（分/㎡·月）' }), areaCm2: z.int().nullish().meta({ title: '面积' }), rateBp: z.int().nullish().meta({ title: '收缴率' }),
  floors: z.int().nullish().meta({ title: '层数' }), hasLift: z.boolean().meta({ title: '有电梯' }), isFiled: z.boolean().nullish().meta({ title: '是否备案' }),
});

/** 表单控件: the control each kind of field gets from its schema, plain and wrong. */
export function Forms() {
  return <div className="sz-two"><Section title="按字段生成的控件"><Sampled isInvalid={false} /></Section><Section title="按字段生成的控件：有误"><Sampled isInvalid /></Section></div>;
}

function Sampled({ isInvalid }: { isInvalid: boolean }) {
  const [texts, keep] = useState<Readonly<Record<string, string>>>({});
  return (
    <div className="sz-fields">
      {fieldsOf(Sample).map((fact) => {
        const id = `kit-form-${isInvalid ? 'wrong-' : ''}${fact.name}`;
        return (
          <FieldRow key={fact.name} id={id} title={fact.title} isRequired={fact.isRequired} error={isInvalid ? `请填写${fact.title}` : undefined} isWide={fact.kind === 'long-text'}>
            <FieldControl fact={fact} id={id} text={texts[fact.name] ?? ''} onType={(text) => keep({ ...texts, [fact.name]: text })} describedBy={isInvalid ? `${id}-error` : undefined} isInvalid={isInvalid} />
          </FieldRow>
        );
      })}
    </div>
  );
}
