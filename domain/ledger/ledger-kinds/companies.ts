import { companyNameKeys } from '#domain/kernel/company-name.ts';
import { checkCreditCode } from '#domain/kernel/identifier.ts';
import { moreOf, personOf, phonesOf } from '../cells/contact.ts';
import { count, countAbout, money } from '../cells/number.ts';
import { date } from '../cells/date.ts';
import { identifier, name, text } from '../cells/text.ts';
import { field, spread, type LedgerSpec, type Report } from '../field.ts';
import type { CompanyValues, Values } from '../types.ts';

/** 物业服务企业台账 */
export const companies: LedgerSpec<'companies'> = {
  kind: 'companies',
  title: '物业服务企业台账',
  sheetConstant: null,
  fields: [
    field<CompanyValues, 'name'>('name', '企业名称', name, {
      names: '公司名称 公司全称 单位名称 物业企业名称 物业公司名称 物业服务企业名称 物业服务企业 物业服务单位 物业企业 物业公司 物业管理企业 服务企业 企业 公司 企业全称 单位全称 名称 机构名称 物业服务人 单位 物企 物企名称 承接物业公司 承接物业企业 承接企业 承接单位 承接公司',
      like: /(企业|公司|单位|机构).*(名称|全称)$|物业.*(企业|公司)$/, isRequired: true, onFault: 'error',
    }),
    field<CompanyValues, 'creditCode'>('creditCode', '统一社会信用代码', identifier, {
      names: '信用代码 社会信用代码 统一信用代码 统一代码 营业执照号 营业执照编号 营业执照注册号 组织机构代码 纳税人识别号 企业代码', like: /信用代码|营业执照/,
    }),
    spread<CompanyValues>('legalRepresentative', '法定代表人', {
      names: '法人代表 法人 法人姓名 法定代表人姓名 企业法人 企业负责人 公司负责人 单位负责人 负责人 负责人姓名 总经理', like: /法定代表|法人/,
    }, personOf('legalRepresentative', 'phones')),
    spread<CompanyValues>('phones', '联系电话', {
      names: '电话 联系方式 手机 手机号 手机号码 电话号码 法人电话 法人联系电话 法定代表人电话 法定代表人联系电话 负责人电话 负责人联系电话 企业负责人电话 企业电话 办公电话 联系人电话 联系人联系电话 公司电话 值班电话', like: /电话|手机|联系方式/,
    }, phonesOf('phones', 'contactName')),
    spread<CompanyValues>('morePhones', '其他电话', { names: '手机2 手机号2 手机号码2 电话2 联系电话2 电话号码2 联系方式2 第二联系电话 备用电话 备用手机 其他电话 固定电话 座机 座机号码', like: /电话|手机|联系方式|热线/ }, moreOf('phones')),
    field<CompanyValues, 'registeredOn'>('registeredOn', '注册时间', date, { names: '注册日期 成立时间 成立日期 登记时间 登记日期 注册登记时间 工商注册时间 设立时间 设立日期 企业成立时间 公司成立时间', like: /(注册|成立|设立|登记)(时间|日期)/ }),
    field<CompanyValues, 'address'>('address', '地址', text, { names: '企业地址 公司地址 注册地址 办公地址 经营地址 住所 单位地址 通讯地址 联系地址 注册地', like: /地址|住所/ }),
    field<CompanyValues, 'estateCount'>('estateCount', '在管项目数', count, { names: '项目数 项目数量 在管项目 在管项目个数 在管小区数 在管小区 管理项目数 服务项目数 服务小区数 管理小区数 在管小区个数 项目个数', like: /(在管|管理|服务).*(项目|小区).*数/ }),
    field<CompanyValues, 'staffCount'>('staffCount', '从业人数', countAbout, { names: '从业人员 员工 职工 员工数量 职工数 人员数 员工数 员工人数 职工人数 从业人员数 从业人员数量 人数 员工总数', like: /(员工|职工|从业).*(数|人数)/ }),
    field<CompanyValues, 'registeredCapitalFen'>('registeredCapitalFen', '注册资本', money, { names: '注册资金 注册资本金 实缴资本', like: /注册资(本|金)/ }),
    spread<CompanyValues>('contactName', '联系人', { names: '联系人姓名 经办人 联络员 企业联系人', like: /联系人(姓名)?$/ }, personOf('contactName', 'phones')),
    field<CompanyValues, 'remark'>('remark', '备注', text, { names: '说明 备注说明 其他' }),
  ],
  check: checkCompany,
  keysOf: ({ name, creditCode }) => [...(creditCode ? [`code:${creditCode}`] : []), ...(name ? [`name:${companyNameKeys(name, [])[0] ?? ''}`] : [])],
  duplicate: { code: 'duplicate', field: 'name', says: (first) => `与${first}是同一家企业，重复登记，请删去一行` },
};

function checkCompany({ name, creditCode }: Values<'companies'>, report: Report): void {
  if (name === null) report('name', { code: 'name-missing', severity: 'error', says: '没有填写，请补上企业名称' });
  if (creditCode === null) report('creditCode', { code: 'credit-code-missing', severity: 'warn', says: '没有填写，请尽快补上统一社会信用代码' });
  if (typeof creditCode !== 'string') return;
  const verdict = checkCreditCode(creditCode);
  if (verdict === 'malformed') report('creditCode', { code: 'credit-code-malformed', severity: 'warn', says: '不是18位统一社会信用代码，请对照营业执照核对' });
  if (verdict === 'check-digit') report('creditCode', { code: 'credit-code-check-digit', severity: 'warn', says: '校验位不符，请对照营业执照核对（已按原样收下）' });
}
