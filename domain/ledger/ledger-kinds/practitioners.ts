import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { checkIdentityNumber } from '#domain/kernel/identifier.ts';
import { saysNothing, textOf, type CellFault } from '../cells/cell.ts';
import { posts } from '../cells/choices.ts';
import { moreOf, numbersOf, personOf, splitContact } from '../cells/contact.ts';
import { date } from '../cells/date.ts';
import { identifier, name, text } from '../cells/text.ts';
import { field, spread, type Draft, type LedgerSpec, type Report } from '../field.ts';
import type { PractitionerValues, RawCell, Values } from '../types.ts';

/** 物业服务从业人员名册 */
export const practitioners: LedgerSpec<'practitioners'> = {
  kind: 'practitioners',
  title: '物业服务从业人员名册',
  sheetConstant: 'company',
  fields: [
    spread<PractitionerValues>('name', '姓名', { names: '项目负责人 项目经理 物业项目负责人 项目负责人姓名 项目经理姓名 人员姓名 员工姓名 从业人员 从业人员姓名 名字 职工姓名 工作人员姓名 人员 小区经理 小区经理姓名 小区负责人 物业经理', like: /姓名/, isRequired: true, onFault: 'error' }, putPerson),
    field<PractitionerValues, 'idNumber'>('idNumber', '身份证号', identifier, { names: '身份证号码 身份证 公民身份号码 证件号 证件号码 身份证件号码 身份号码 居民身份证号 居民身份证号码', like: /身份证|证件号/, onFault: 'error' }),
    spread<PractitionerValues>('phones', '手机号', { names: '手机 手机号码 联系电话 电话 电话号码 联系方式 移动电话 联系手机 本人电话 电话1 手机1', like: /电话|手机|联系方式/, onFault: 'error' }, numbersOf('phones')),
    spread<PractitionerValues>('morePhones', '其他电话', { names: '手机2 手机号2 手机号码2 电话2 联系电话2 电话号码2 联系方式2 第二联系电话 备用电话 备用手机 其他电话 固定电话 座机 座机号码 办公电话 单位电话' }, moreOf('phones')),
    field<PractitionerValues, 'company'>('company', '所属企业', name, { names: '企业名称 公司名称 所属公司 所在企业 所在公司 工作单位 单位名称 所属单位 所在单位 单位 公司 企业 物业公司 物业企业 物业服务企业 物业服务企业名称 物业公司名称 用人单位 任职企业 任职单位 服务企业 受聘企业', like: /(企业|公司|单位)(名称)?$/ }),
    spread<PractitionerValues>('post', '岗位', { names: '职务 岗位名称 工种 职位 岗位类别 任职岗位 岗位职务 从事岗位 工作岗位 人员类别 岗位工种 岗位（职务） 身份' , like: /岗位|职务|工种|职位/ }, putPost),
    field<PractitionerValues, 'township'>('township', '乡镇（街道）', name, { names: '乡镇 街道 镇街 乡镇街道 街道乡镇 所属街道 所属乡镇 属地', like: /乡镇|街道|镇街/, fillDown: 'always' }),
    field<PractitionerValues, 'estate'>('estate', '服务小区', name, { names: '小区 小区名称 所在小区 所属小区 服务项目 项目名称 所在项目 所属项目 任职项目 物业项目 物业项目名称 服务小区名称 项目 任职小区 负责小区 管理小区', like: /(小区|项目)(名称)?$/ }),
    field<PractitionerValues, 'hiredOn'>('hiredOn', '入职日期', date, { names: '任职起始 任职起始时间 入职时间 到岗时间 到岗日期 上岗时间 上岗日期 任职时间 任职日期 参加工作时间 聘用时间 聘任时间 入司时间 从业时间', like: /(入职|到岗|上岗|任职|聘|入司).*(时间|日期)/ }),
    spread<PractitionerValues>('employment', '在职情况', { names: '在职状态 是否在职 任职状态 人员状态 员工状态 在岗情况 是否在岗 在岗状态 状态', like: /在职|在岗/ }, putEmployment),
    field<PractitionerValues, 'certificate'>('certificate', '持证情况', text, { names: '证书 证书名称 资格证书 职业资格 职业资格证书 持有证书 执业资格 从业资格证 资格证 持证 岗位证书 上岗证 职称', like: /证书|持证|资格/ }),
    field<PractitionerValues, 'remark'>('remark', '备注', text, { names: '说明 其他' }),
  ],
  check: checkPractitioner,
  keysOf: ({ name: person, idNumber, phones: numbers, company, post, estate }) => {
    const who = idNumber ?? (person ? `${normaliseName(person)}+${numbers?.[0] ?? ''}` : null);
    return who === null ? [] : [[who, normaliseName(company ?? ''), post ?? '', normaliseName(estate ?? '')].join('/')];
  },
  duplicate: { code: 'duplicate', field: 'name', says: (first) => `与${first}是同一人、同一岗位，重复登记，请删去一行` },
};

const putOne = personOf<'name', 'phones'>('name', 'phones');
const SEVERAL = /^[\u4e00-\u9fff·]{2,4}(?:[/、,;][\u4e00-\u9fff·]{2,4})+$/;

/** One person a row: two in one cell cannot be told apart by what stands beside them. */
function putPerson(draft: Draft<PractitionerValues>, cell: RawCell): CellFault | null {
  const { words, numbers } = splitContact(textOf(cell));
  if (SEVERAL.test(words.replaceAll(' ', numbers.length > 1 ? '、' : ''))) return { code: 'several-people', says: '写了几个人，请一人一行分开填写' };
  return putOne(draft, cell);
}

function putPost(draft: Draft<PractitionerValues>, cell: RawCell): null {
  const written = textOf(cell).replaceAll(' ', '');
  const isBlank = saysNothing(written);
  draft.postText = isBlank ? null : written;
  draft.post = isBlank ? null : posts.find(([, words]) => words.test(written))?.[0] ?? 'other';
  return null;
}

/** A passport or a permit has no rule to check. */
const PASSPORT = /^[A-Z]{1,3}\d{6,10}$/;
const GONE = /^已?(离职|离岗|辞职|辞退|调离|解聘)|^(不在职|不在岗|否|×)$/;

/** Who has left is no practitioner any more: his row is refused, not dropped. */
function putEmployment(_draft: Draft<PractitionerValues>, cell: RawCell): CellFault | null {
  return GONE.test(textOf(cell).replaceAll(' ', '')) ? { code: 'left-service', severity: 'error', says: '已经离职的没有导入；仍在职的请改正，在册人员离职请到详情页登记' } : null;
}


function checkPractitioner({ name: person, idNumber, remark }: Values<'practitioners'>, report: Report): void {
  if (typeof remark === 'string' && GONE.test(remark)) report('remark', { code: 'left-service', severity: 'warn', says: '仍按在职的收下，请核对；确已离职的请从表中删去' });
  if (person === null) report('name', { code: 'name-missing', severity: 'error', says: '没有填写，请补上姓名' });
  if (typeof idNumber !== 'string' || PASSPORT.test(idNumber)) return;
  const verdict = checkIdentityNumber(idNumber);
  if (verdict === 'check-digit') report('idNumber', { code: 'id-check-digit', severity: 'error', says: '校验位不符，请对照身份证核对' });
  if (verdict === 'malformed') report('idNumber', { code: 'id-check-digit', severity: 'error', says: '不是18位身份证号，请对照身份证核对' });
  if (verdict === 'birth-date') report('idNumber', { code: 'id-check-digit', severity: 'error', says: '其中的出生日期不存在，请对照身份证核对' });
}
