import { useState } from 'react';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { CompanyPicker } from '#web/kit/fields/CompanyPicker.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';
import { PractitionerPicker } from '#web/kit/fields/PractitionerPicker.tsx';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { LONG } from './sample.ts';

const kinds = { company: '物业企业管理', self: '业主自管', none: '失管' };
const records = [{ value: '1', label: '松坡安置小区', detail: '松陂镇' }, { value: '2', label: LONG, detail: '文澜街道' }];

/** 填写控件: each plain, wrong and empty. */
export function Fields() {
  const may = useMay();
  const [texts, keep] = useState<Readonly<Record<string, string>>>({});
  const of = (name: string) => ({ id: `kit-${name}`, value: texts[name] ?? '', onChange: (value: string) => keep({ ...texts, [name]: value }) });
  return (
    <Section title="填写控件">
      <div className="sz-fields">
        <FieldRow id="kit-choice" title="下拉选择" isRequired help="选一种管理方式"><Choice {...of('choice')} choices={kinds} blank="请选择" describedBy="kit-choice-help" /></FieldRow>
        <FieldRow id="kit-wrong" title="下拉选择：有误" isRequired error="请选择管理方式"><Choice {...of('wrong')} choices={kinds} blank="请选择" describedBy="kit-wrong-error" isInvalid /></FieldRow>
        <FieldRow id="kit-date" title="日期" isRequired={false}><DateField {...of('date')} /></FieldRow>
        <FieldRow id="kit-late" title="日期：有误" isRequired={false} error="止日早于起日"><DateField {...of('late')} describedBy="kit-late-error" isInvalid /></FieldRow>
        <FieldRow id="kit-town" title="乡镇街道" isRequired={false}><OrgUnitPicker {...of('town')} level="township" /></FieldRow>
        <FieldRow id="kit-hood" title="社区（村）" isRequired={false}><OrgUnitPicker {...of('hood')} level="neighbourhood" /></FieldRow>
        <FieldRow id="kit-record" title="查找选择" isRequired={false} help="输入任意文字试试"><RecordPicker {...of('record')} what="示例" find={() => Promise.resolve(records)} name={() => Promise.resolve('示例')} /></FieldRow>
        <FieldRow id="kit-absent" title="查找选择：找不到" isRequired={false}><RecordPicker {...of('absent')} what="小区" find={() => Promise.resolve([])} name={() => Promise.resolve('')} /></FieldRow>
        {may('registry.read') && (
          <>
            <FieldRow id="kit-estate" title="小区" isRequired={false}><EstatePicker {...of('estate')} /></FieldRow>
            <FieldRow id="kit-company" title="企业" isRequired={false}><CompanyPicker {...of('company')} /></FieldRow>
            <FieldRow id="kit-person" title="从业人员" isRequired={false}><PractitionerPicker {...of('person')} /></FieldRow>
          </>
        )}
      </div>
    </Section>
  );
}
