import { Button } from 'antd';
import { useState } from 'react';
import { CompanyDraft, CompanyRow } from '#contract/registry/company.ts';
import { ActionButton, ActionLink } from '#web/kit/ActionLink.tsx';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { AsOf } from '#web/kit/AsOf.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RateBar } from '#web/kit/domain/RateBar.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { CompanyPicker } from '#web/kit/fields/CompanyPicker.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';
import { FieldControl } from '#web/kit/form/FieldControl.tsx';
import { describedBy, FieldRow } from '#web/kit/form/FieldRow.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { fieldsOf } from '#web/kit/schema/field-facts.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Pager } from '#web/kit/table/Pager.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(CompanyRow, ['name', 'creditCode', 'estateCount', 'status', 'registeredOn'], { extra: ['registeredOn'] });
const problem = (status: number, title: string, detail: string) => new ProblemError(status, { title, detail, instance: 'urn:request:3f9a2c' });

/** 组件样本: every component of the kit, with its states. */
export function KitPage() {
  return (
    <Page title="组件样本" lead="每个组件的各种样子，供开发和核对界面用。" actions={<><Button>次要操作</Button><Button type="primary">主要操作</Button></>}>
      <ShareBar name="组件样本" of="kit" text={() => '组件样本'} />
      <div id="kit">
        <Tables />
        <Section title="页面状态">
          <Loading rows={2} />
          <Nothing words="管辖范围内还没有小区，可以先导入住宅小区台账" action={<Button>导入台账</Button>} />
          <Failed error={problem(403, '没有权限', '您的岗位没有这项权限')} />
          <Failed error={problem(404, '没有找到', '小区不存在或不在管辖范围内')} />
          <Failed error={problem(500, '系统出错', '系统出错了，没有保存任何内容。请稍后再试')} onRetry={() => undefined} />
          <Failed error={problem(0, '连接不上系统', '连接不上系统，请检查网络后重试')} onRetry={() => undefined} />
        </Section>
        <Small />
        <Fields />
      </div>
    </Page>
  );
}

function Tables() {
  return (
    <Section title="表格">
      <Table name="空的表格" columns={columns} rows={[]} rowKey={(row) => row.id} empty="没有符合条件的记录，请放宽或清除筛选条件" keep="kit" />
      <Table name="正在读取的表格" columns={columns} rows={undefined} rowKey={(row) => row.id} empty="没有" />
      <Table name="没有权限的表格" columns={columns} rows={undefined} rowKey={(row) => row.id} empty="没有" error={problem(403, '没有权限', '您的岗位没有这项权限')} />
      <Table
        name="有内容的表格" rowKey={(row) => row.name} empty="没有" rows={[{ name: '安和县第一物业服务有限公司', count: 12, on: '2025-06-30' }]} actions={() => <><ActionLink to={paths.companies}>查看</ActionLink><ActionLink to={paths.companies} ability="只有县住建局可以修改">修改</ActionLink></>}
        columns={[{ key: 'name', title: '企业', cell: (row) => row.name }, { key: 'count', title: '在管项目', isNumber: true, cell: (row) => row.count }, { key: 'on', title: '登记', cell: (row) => <DateText value={row.on} /> }]}
      />
      <Pager total={1000} isExact={false} shown={50} onPrevious={undefined} onNext={() => undefined} />
    </Section>
  );
}

function Small() {
  return (
    <Section title="小件">
      <p><StatusTag tone="good">已成立</StatusTag><StatusTag tone="warn">届满未换届</StatusTag><StatusTag tone="bad">矛盾</StatusTag><StatusTag tone="info">筹备中</StatusTag><StatusTag>无</StatusTag></p>
      <p>日期 <DateText value="2025-06-30" hint="合同到期日" />　时刻 <DateText value="2025-06-30T01:30:00.000Z" />　没有 <DateText value={null} /></p>
      <p>数字 <Explain value="50.9%" title="组建率怎么算" clauses={['县政府《物业管理工作提升推进会》']}><p>已成立业委会的小区 ÷ 已入住小区。</p></Explain></p>
      <RateBar rateBp={5087} lines={[{ key: 'baseline', title: '基线', valueBp: 4800, valueText: '48%' }, { key: 'target', title: '目标', valueBp: 6000, valueText: '60%' }, { key: 'city', title: '全市平均', valueBp: 6500, valueText: '65%' }]} />
      <p className="sz-actions"><ActionButton onClick={() => undefined}>可以点</ActionButton><ActionButton ability="合同还在期内，不能归档" onClick={() => undefined}>不能点</ActionButton><ActionButton isDanger onClick={() => undefined}>归档</ActionButton><DialogButton words="弹窗" title="弹窗">{(close) => <Button onClick={close}>关闭</Button>}</DialogButton></p>
      <AsOf />
    </Section>
  );
}

function Fields() {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const type = (name: string) => (text: string) => setTexts({ ...texts, [name]: text });
  return (
    <Section title="填写项">
      <div className="sz-fields">
        {fieldsOf(CompanyDraft).map((fact) => {
          const error = fact.name === 'creditCode' ? '校验位不符，请核对营业执照' : undefined;
          const id = `kit-${fact.name}`;
          return (
            <FieldRow key={fact.name} id={id} title={fact.title} isRequired={fact.isRequired && !fact.isNullable} error={error} help={fact.name === 'phone' ? '手机或座机' : undefined} isWide={fact.kind === 'long-text'}>
              <FieldControl fact={fact} id={id} text={texts[fact.name] ?? ''} onType={type(fact.name)} describedBy={describedBy(id, fact.name === 'phone' ? '' : undefined, error)} isInvalid={error !== undefined} />
            </FieldRow>
          );
        })}
        <FieldRow id="kit-org" title="乡镇街道或社区" isRequired={false}><OrgUnitPicker id="kit-org" value={texts['org'] ?? ''} onChange={type('org')} /></FieldRow>
        <FieldRow id="kit-company" title="企业" isRequired={false}><CompanyPicker id="kit-company" value={texts['company'] ?? ''} onChange={type('company')} /></FieldRow>
        <FieldRow id="kit-estate" title="小区" isRequired={false}><EstatePicker id="kit-estate" value={texts['estate'] ?? ''} onChange={type('estate')} /></FieldRow>
        <FieldRow id="kit-date" title="日期" isRequired={false}><DateField id="kit-date" value={texts['date'] ?? ''} onChange={type('date')} /></FieldRow>
        <FieldRow id="kit-choice" title="选择" isRequired={false}><Choice id="kit-choice" value={texts['choice'] ?? ''} blank="请选择" choices={{ yes: '是', no: '否' }} onChange={type('choice')} /></FieldRow>
      </div>
    </Section>
  );
}
