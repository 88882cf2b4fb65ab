import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Choice } from '../fields/Choice.tsx';
import { CompanyPicker } from '../fields/CompanyPicker.tsx';
import { DateField } from '../fields/DateField.tsx';
import { EstatePicker } from '../fields/EstatePicker.tsx';
import { OrgUnitPicker } from '../fields/OrgUnitPicker.tsx';
import { PractitionerPicker } from '../fields/PractitionerPicker.tsx';
import type { FieldFact } from '../schema/field-facts.ts';

interface ControlProps {
  readonly fact: FieldFact;
  readonly id: string;
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  /** Names behind ids that the record already holds. */
  readonly known?: string | undefined;
  /** The township chosen beside, when this is its neighbourhood. */
  readonly within?: string | undefined;
  readonly isPassword?: boolean;
  readonly autoComplete?: string | undefined;
}

const units: Readonly<Partial<Record<FieldFact['kind'], string>>> = { money: '元', area: '㎡', percent: '%' };

/** 填写控件: the control that fits what the contract says of a field. */
export function FieldControl(props: ControlProps) {
  const { fact, id, text, onType, describedBy, isInvalid } = props;
  const own = { id, 'aria-describedby': describedBy, 'aria-invalid': isInvalid, autoComplete: props.autoComplete ?? 'off' };
  // First of all: a long limit must never turn a secret into a text that everybody behind can read.
  if (props.isPassword === true) return <PasswordField {...props} />;
  if (fact.kind === 'choice') return <Choice id={id} value={text} blank={fact.isNullable || !fact.isRequired ? '未填' : '请选择'} choices={fact.choices} describedBy={describedBy} isInvalid={isInvalid} onChange={onType} />;
  if (fact.kind === 'flag' && fact.isNullable) return <Choice id={id} value={text} blank="未填" choices={{ true: '是', false: '否' }} describedBy={describedBy} isInvalid={isInvalid} onChange={onType} />;
  if (fact.kind === 'flag') return <Checkbox id={id} checked={text === 'true'} onChange={(event) => onType(event.target.checked ? 'true' : 'false')}>是</Checkbox>;
  if (fact.kind === 'date') return <DateField id={id} value={text} describedBy={describedBy} isInvalid={isInvalid} onChange={onType} />;
  if (fact.kind === 'id' || fact.name === 'intoId') return <IdControl {...props} />;
  if (fact.kind === 'long-text') return <Input.TextArea {...own} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={fact.maxLength} value={text} onChange={(event) => onType(event.target.value)} />;
  const suffix = units[fact.kind];
  const mode = fact.kind === 'number' ? 'numeric' : suffix === undefined ? 'text' : 'decimal';
  return <Input {...own} inputMode={mode} suffix={suffix} status={isInvalid ? 'error' : ''} maxLength={fact.maxLength} value={text} onChange={(event) => onType(event.target.value)} />;
}

/** Old eyes and phone keyboards: what was typed can be looked at. */
function PasswordField({ id, text, onType, describedBy, isInvalid, autoComplete }: ControlProps) {
  const [isShown, show] = useState(false);
  return (
    <>
      <Input id={id} type={isShown ? 'text' : 'password'} aria-describedby={describedBy} aria-invalid={isInvalid} autoComplete={autoComplete ?? 'off'} value={text} onChange={(event) => onType(event.target.value)} />
      <Checkbox checked={isShown} onChange={(event) => show(event.target.checked)}>显示密码</Checkbox>
    </>
  );
}

function IdControl({ fact, id, text, onType, describedBy, isInvalid, known, within }: ControlProps) {
  const shared = { id, value: text, onChange: onType, describedBy, isInvalid };
  if (fact.name === 'companyId') return <CompanyPicker {...shared} known={known} />;
  if (fact.name === 'estateId') return <EstatePicker {...shared} known={known} />;
  if (fact.name === 'practitionerId') return <PractitionerPicker {...shared} known={known} />;
  if (fact.name === 'neighbourhoodId') return <OrgUnitPicker {...shared} level="neighbourhood" within={within} blank="未填" />;
  return <OrgUnitPicker {...shared} level={fact.name === 'townshipId' ? 'township' : 'any'} blank={fact.isNullable ? '未填' : '请选择'} />;
}
