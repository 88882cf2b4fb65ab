import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { committeeState, feeBasis, managementKind } from '../cells/choices.ts';
import { date, dateUntil, period } from '../cells/date.ts';
import { area, count, countAbout, money, percent, withoutNote } from '../cells/number.ts';
import { FOR_BOTH, moreOf, personOf, phonesOf, splitContact } from '../cells/contact.ts';
import { guarded, name, text } from '../cells/text.ts';
import { errorIn, isBlankText, isErrorText, textOf, type CellFault } from '../cells/cell.ts';
import { field, spread, type Draft, type LedgerSpec, type Report } from '../field.ts';
import { EstateRows } from './estate-rows.ts';
import type { EstateValues, ManagementKind, RawCell, Values } from '../types.ts';

/** 住宅小区台账 */
export const estates: LedgerSpec<'estates'> = {
  kind: 'estates',
  title: '住宅小区台账',
  sheetConstant: 'township',
  fields: [
    field<EstateValues, 'township'>('township', '乡镇（街道）', name, {
      names: '乡镇 街道 镇街 乡镇街道 街道乡镇 镇街道 街镇 所属街道 所属乡镇 所属镇街 所在街道 所在乡镇 所属乡镇街道 所属街道乡镇 所在乡镇街道 所在镇街 属地 属地街道 属地乡镇 属地镇街 所属 所辖街道 所辖乡镇 街道办事处 乡镇名称 街道名称',
      like: /乡镇|街道(?!地址)|镇街|街镇|属地|^(所属|所在)?(区域|辖区|片区|行政区划)$/, fillDown: 'always',
    }),
    field<EstateValues, 'neighbourhood'>('neighbourhood', '社区', name, { names: '所属社区 所在社区 社区名称 村居 村社区 社区村 居委会 村居名称 社区居委会 所属居委会 所属村居 行政村 社区居村委会', like: /(社区|居委会|村居)(名称)?$|(所属|所在)(社区|村)/ }),
    spread<EstateValues>('name', '小区名称', {
      names: '小区 住宅小区 住宅小区名称 物业项目名称 物业项目 项目名称 小区项目名称 小区名 物业小区名称 物业区域名称 物业管理区域名称 楼盘名称 楼盘 项目 名称 小区（项目）名称 物业服务项目名称 物业服务项目 服务项目 小区全称',
      like: /(小区|项目|楼盘|物业(管理)?区域).*(名称|全称)$/, isRequired: true, onFault: 'error',
    }, putName),
    spread<EstateValues>('phase', '期数', { names: '期 期别 分期 期次 小区期数 项目期数 所属期数 组团 组团名称 分区 苑区' }, putPhase),
    spread<EstateValues>('alias', '别名', { names: '小区别名 曾用名 俗称 又名 推广名 地名 备案名' }, putAlias),
    field<EstateValues, 'address'>('address', '地址', text, { names: '小区地址 项目地址 坐落 座落 位置 坐落位置 小区位置 详细地址 小区坐落 具体位置 项目位置', like: /地址|坐落|位置/ }),
    field<EstateValues, 'developer'>('developer', '建设单位', text, { names: '开发商 开发企业 开发单位 开发建设单位 房地产开发企业 建设单位名称 开发公司', like: /开发|建设单位/ }),
    field<EstateValues, 'deliveredOn'>('deliveredOn', '交付时间', date, { names: '竣工交付时间 竣工时间 竣工日期 交付日期 交房时间 交房日期 建成时间 建成年份 建成年代 建造年代 建设年代 竣工年份 投入使用时间 交付使用时间 首次交付时间 建成日期 竣工验收时间 入住时间', like: /(竣工|交付|交房|建成|建造)/ }),
    field<EstateValues, 'totalAreaCm2'>('totalAreaCm2', '总建筑面积', area, { names: '建筑面积 面积 建面 总建面 建筑总面积 小区建筑面积 小区面积 物业面积 管理面积 物业管理面积 总面积 小区总面积 项目面积 规划建筑面积 建筑面积总建筑面积 在管面积 服务面积', like: /^(?!.*(地下|地上|商业|住宅|公建|配套|绿化|占地|违)).*(建筑面积$|总面积|管理面积)/, onFault: 'error' }),
    field<EstateValues, 'deliveredAreaCm2'>('deliveredAreaCm2', '已交付面积', area, { names: '交付面积 已交付建筑面积 交付建筑面积 已交房面积 建筑面积已交付面积', like: /交付.*面积/, onFault: 'error' }),
    field<EstateValues, 'unitCount'>('unitCount', '总户数', count, { names: '户数 住宅户数 规划户数 总套数 套数 房屋套数 小区户数 小区总户数 住户数 户数总户数 总户 房屋总套数 总户数户 合计户数 设计户数', like: /总户数|总套数|住宅户数|规划户数/, onFault: 'error' }),
    spread<EstateValues>('occupiedCount', '入住户数', { names: '已入住 已入住户数 实际入住户数 入住 实际入住 现入住户数 入住户 入住数 已入住数 户数入住户数 常住户数 入户数', like: /入住(?!率).*(户|数)?$/, onFault: 'error' }, putOccupied),
    field<EstateValues, 'buildingCount'>('buildingCount', '楼栋数', countAbout, { names: '栋数 幢数 楼幢数 楼栋 楼栋数量 总栋数 幢 栋 房屋幢数 楼数 住宅楼栋数', like: /[栋幢](数|量)/ }),
    spread<EstateValues>('unitsAndPeople', '户数/人口', { names: '户数/人数 总户数/人口 总户数/人数 总户数/总人口 户数及人口 户数及人数 户数人口 户数、人数 户/人', onFault: 'error' }, putUnitsAndPeople),
    spread<EstateValues>('buildingsAndUnits', '楼栋数/户数', { names: '栋数/户数 幢数/户数 栋数及户数 栋数、户数 楼栋户数 栋/户 幢/户 栋户数' }, putBuildingsAndUnits),
    field<EstateValues, 'liftCount'>('liftCount', '电梯数', countAbout, { names: '电梯 电梯数量 电梯台数 电梯部数 电梯总数', like: /电梯.*(数|台|部)/ }),
    field<EstateValues, 'parkingCount'>('parkingCount', '车位数', countAbout, { names: '车位 停车位 停车位数 停车位数量 车位数量 总车位数 停车位总数 车位总数 机动车位', like: /(停车|车)位/ }),
    field<EstateValues, 'chargingCount'>('chargingCount', '充电桩数', countAbout, { names: '充电桩 充电桩数量 充电设施 充电设施数 充电端口数 充电位', like: /充电/ }),
    field<EstateValues, 'managementKind'>('managementKind', '管理方式', managementKind, { names: '物业管理方式 管理模式 物业管理模式 管理类型 服务方式 物业服务方式 物业管理类型 管理形式', like: /管理(方式|模式|类型|形式)/ }),
    spread<EstateValues>('company', '物业服务企业', {
      names: '物业公司 物业企业 物业服务企业名称 物业公司名称 物业企业名称 服务企业 服务企业名称 物业服务单位 物业单位 物业管理企业 物业管理公司 物业管理单位 物业服务公司 物业服务人 管理单位 服务单位 现物业公司 现物业服务企业 物业名称 所属物业公司 所属物业企业 物业 物业服务企业企业名称 物业服务企业名称名称 物业公司全称',
      like: /物业.*(企业|公司|单位|服务人)(?!法人|法定|负责人|总经理)/,
    }, putCompany),
    spread<EstateValues>('hasCompany', '有无物业', { names: '有无物业名称 是否有物业 有没有物业 有无物业公司 有无物业企业 有无物业服务企业 有无物业服务 有无物业管理 是否有物业公司 是否有物业企业 是否有物业服务企业 是否有物业管理 是否有物业服务 物业管理情况 物业服务情况 物业情况 物业管理现状 物业管理状况 物业覆盖情况 物业服务覆盖情况 是否实行物业管理 是否引入物业', like: /^(有无|是否有|有没有)物业/ }, putHasCompany),
    spread<EstateValues>('managerName', '项目经理', { names: '项目负责人 项目经理姓名 项目负责人姓名 小区经理 小区负责人 物业经理 物业项目经理 物业负责人 项目主管 物业服务企业项目经理 物业服务企业项目负责人 管理处主任 负责人 负责人姓名 物业联系人 项目联系人 联系人 联系人姓名', like: /项目(经理|负责人)(姓名)?$/ }, personOf('managerName', 'managerPhones')),
    spread<EstateValues>('managerPhones', '项目经理电话', { names: '项目经理联系电话 项目负责人电话 项目负责人联系电话 项目经理联系方式 项目负责人联系方式 项目经理手机 项目经理手机号 物业电话 物业联系电话 物业服务电话 项目电话 联系电话 电话 联系方式 手机号 手机 值班电话 物业服务企业联系电话 负责人电话 负责人联系电话 负责人手机 负责人联系方式 联系人电话 联系人联系电话 小区经理电话 小区经理联系电话', like: /^(?!.*(法人|法定代表|企业负责人|公司负责人|总经理)).*(项目|物业|经理).*(电话|手机|联系方式)/ }, phonesOf('managerPhones', 'managerName')),
    spread<EstateValues>('morePhones', '其他电话', { names: '手机2 手机号2 手机号码2 电话2 联系电话2 电话号码2 联系方式2 第二联系电话 备用电话 备用手机 其他电话 其他联系电话 固定电话 座机 座机号码 办公电话 物业办公电话 服务电话 服务热线' }, moreOf('managerPhones')),
    field<EstateValues, 'feeFen'>('feeFen', '物业费标准', withoutNote(money), { names: '物管费 物管费标准 物管费单价 收费标准 物业费 物业服务费 物业服务费标准 物业费收费标准 物业收费标准 物业服务收费标准 费用标准 物业费单价 收费 收费单价 住宅收费标准 物业管理费 住宅物业费标准 价格', like: /(收费|物业费|物管费|服务费|管理费)(标准|单价)?$/ }),
    field<EstateValues, 'feeBasis'>('feeBasis', '收费方式', feeBasis, { names: '计费方式 收费模式 收费形式 包干酬金 服务费计费方式', like: /包干|酬金|计费/ }),
    field<EstateValues, 'collectionRateBp'>('collectionRateBp', '收缴率', percent, { names: '物业费收缴率 收费率 物业费收费率 缴费率 物业费缴费率 收取率', like: /(收缴|收费|缴费)率/ }),
    field<EstateValues, 'contractFrom'>('contractFrom', '合同起始日期', date, { names: '合同开始时间 合同起始时间 合同签订时间 合同签订日期 合同起 签订时间 合同开始日期 服务开始时间 进驻时间 合同生效时间 合同期限起 合同期限开始 合同期限起始', like: /(合同|服务).*(开始|起始|签订)/ }),
    field<EstateValues, 'contractUntil'>('contractUntil', '合同到期日期', dateUntil, { names: '合同到期时间 合同终止时间 合同截止时间 合同届满时间 合同结束时间 合同止 合同到期 到期时间 合同终止日期 合同结束日期 合同截止日期 合同期限止 合同期限结束 合同期限终止', like: /(合同|服务).*(到期|终止|截止|届满|结束)/ }),
    spread<EstateValues>('contractPeriod', '合同期限', { names: '合同起止时间 合同起止日期 服务期限 物业服务期限 合同有效期 合同期 合同服务期限 服务合同期限 物业合同期限 合同起止', like: /(合同|服务)(期限|起止|有效期)/ }, putPeriod),
    field<EstateValues, 'committee'>('committee', '是否成立业委会', committeeState, {
      names: '业委会 业主委员会 有无业委会 有无业主委员会 是否有业委会 是否成立业主委员会 是否成立业主大会 业委会是否成立 业主委员会是否成立 业委会成立情况 业主委员会成立情况 业委会情况 业委会组建情况 业委会状态 是否组建业委会 业委会有无 是否成立 成立业委会 业委会成立与否 是否建立业委会 业委会是否组建',
      like: /^(?!.*(条件|符合|具备|应成立|原因|计划|党|换届|备案|公示|办公|经费|章|账户|监督|印)).*((是否|有无|已).*(业委会|业主委员会)|(业委会|业主委员会).*(是否|有无|情况|状态))/,
    }),
    spread<EstateValues>('committeeSince', '业委会成立时间', { names: '业主委员会成立时间 业委会成立日期 业主委员会成立日期 业委会备案时间 业主委员会备案时间 业委会选举时间 成立时间 成立日期 业委会组建时间 本届业委会成立时间 业委会换届时间 业委会任期起 业主委员会任期开始', like: /^(?!.*(届满|原因|条件|号|材料|是否|有无|情况|状态)).*(业委会|业主委员会).*(成立|备案|选举|组建|起|开始).*(时间|日期)?/ }, putSince),
    field<EstateValues, 'committeeUntil'>('committeeUntil', '业委会届满时间', dateUntil, { names: '业主委员会届满时间 业委会届满日期 业主委员会届满日期 届满时间 届满日期 届满 任期截止 任期届满 任期届满时间 任期到期时间 任期至 任期截止时间 任期结束时间 业委会到期时间 业主委员会到期时间 业委会任期届满时间 业委会任期截止 业委会任期截止时间 业委会届满 业主委员会届满 到届时间', like: /^(?!.*成立.*届满).*届满|任期.*(截止|到期|结束|止|至)|(业委会|业主委员会).*(到期|截止)/ }),
    spread<EstateValues>('committeePeriod', '业委会任期', { names: '任期 本届任期 任期期限 任期起止 任期起止时间 业委会任期起止 业委会任期期限 业主委员会任期 业委会起止时间 业委会成立时间/届满时间 业委会成立/届满时间 业委会成立及届满时间 业委会成立时间及届满时间 成立时间/届满时间 成立/届满时间 成立及届满时间 业主委员会成立时间/届满时间' }, putTerm),
    spread<EstateValues>('committeeHead', '业委会主任', { names: '业主委员会主任 业委会主任姓名 业委会负责人 业主委员会负责人 主任 主任姓名 业委会联系人', like: /(业委会|业主委员会).*(主任|负责人)(姓名)?$/ }, personOf('committeeHead', 'committeePhones')),
    spread<EstateValues>('committeePhones', '业委会主任电话', { names: '业委会主任联系电话 业主委员会主任电话 业委会电话 业委会联系电话 业主委员会联系电话 主任电话 主任联系电话 业委会主任联系方式 业委会负责人电话 业委会负责人联系电话', like: /(业委会|业主委员会|主任).*(电话|手机|联系方式)/ }, phonesOf('committeePhones', 'committeeHead')),
    field<EstateValues, 'committeeMembers'>('committeeMembers', '业委会人数', countAbout, { names: '业委会委员数 业委会成员数 委员人数 成员人数 委员数 业委会委员人数 业委会成员人数 业主委员会人数 业主委员会委员人数', like: /(委员|成员).*(数|人数)/ }),
    field<EstateValues, 'remark'>('remark', '备注', text, { names: '说明 备注说明 其他 存在问题 情况说明' }),
  ],
  check: checkEstate,
  gather: () => new EstateRows(),
  keysOf: ({ township, name: estate }) => (estate ? [`${normaliseName(township ?? '')}/${canonicalEstateName(estate)}`] : []),
  duplicate: { code: 'duplicate', field: 'name', says: (first) => `与${first}是同一个小区，重复登记，请删去一行，或在名称中写明期数` },
};

/** A cell that names no company but a way of managing: 业主自管, 社区托管, 无物业. */
function putCompany(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  // 甲物业有限公司（2024年1月起）: since when is no part of the name.
  const { words, numbers } = splitContact(textOf(cell));
  if (numbers.length > 0) draft.managerPhones ??= numbers;
  const written = (numbers.length > 0 ? words : textOf(cell)).replace(/(?<=公司)\((?=[^()]*\d)[^()]*[年月日起至止][^()]*\)$/, '');
  const kind = managementKind(cell, '');
  if (GONE.test(textOf(cell).replaceAll(' ', ''))) {
    draft.company = null;
    draft.managementKind ??= 'unmanaged';
    return { code: 'partly-read', severity: 'warn', says: '写的是物业企业已经退出，按没有物业企业登记；仍在服务的，请只写企业名称' };
  }
  const [, company = written, person] = FOR_BOTH.test(header) ? COMPANY_AND_PERSON.exec(written) ?? [] : [];
  if (person !== undefined) draft.managerName ??= person;
  const isKind = kind.is === 'value' && kind.value !== 'company' && !/(公司|企业|中心|集团)(\(.*\))?$/.test(written);
  if (isBlankText(written) || /^(暂无|没有|不详|空|未知|无)$/.test(written)) {
    draft.company = null;
    if (/^(无|没有|暂无)$/.test(written) && (draft.managementKind ?? null) === null) draft.managementKind = 'unmanaged';
  } else if (isKind) {
    draft.company = null;
    draft.managementKind ??= kind.value;
  } else if (draft.managementKind && !SERVED.has(draft.managementKind) && !COMPANY_WORD.test(written)) {
    draft.company = null;
    return { code: 'partly-read', severity: 'warn', says: '不像物业服务企业的名称，没有登记为服务企业；管理方式照管理方式一栏登记' };
  } else {
    draft.company = /[A-Za-z] [A-Za-z]/.test(company) ? company : company.replaceAll(' ', '');
  }
  return null;
}

/** 安泰物业(已撤离), 原安泰物业，现无, 停止服务. */
const GONE = /^(原|曾).+[,;(]?(现无|已无)|[(,;][^()]*(撤离|撤场|退出|退场|撤走|解聘|不再服务)[^()]*\)?$|^(物业)?(已)?(停止服务|撤离|撤场|退出|退场|弃管)$/;
const SERVED: ReadonlySet<ManagementKind> = new Set(['company', 'quasi']);
const COMPANY_WORD = /物业|公司|集团|企业|中心|服务部|管理处/;

/** What is no company's name: 有, 专业物业服务, 物业公司管理. */
const NO_NAME = /^(有|是|已)?(专业|市场|正规|普通|引入|委托|聘请|全覆盖|化|有)*(物业)*(服务|管理|企业|公司|小区|进驻|在管|覆盖)*$/;

/** 有无物业（名称）: 有（安泰物业）, 无, 社区托管, or the company itself; what columns of their own say goes before it. */
function putHasCompany(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const written = textOf(cell);
  if (isErrorText(written)) return errorIn(written);
  const named = /^(?:有|是|√)[(:,、 ]*(?:名称:?)?([^()]*?)\)?$/.exec(written)?.[1] ?? written;
  const kind = managementKind(cell, header);
  const isName = COMPANY_WORD.test(named) && !NO_NAME.test(named) && (kind.is !== 'value' || kind.value === 'company');
  if (isName || GONE.test(written)) return draft.company ? null : putCompany(draft, isName ? named : written, header);
  if (kind.is === 'fault') return kind.fault;
  if (kind.is === 'blank') return null;
  draft.managementKind ??= kind.value;
  if (!SERVED.has(kind.value)) draft.company ??= null;
  return null;
}

/** 金地物业有限公司(刘一), in a column for both. */
const COMPANY_AND_PERSON = /^(.+(?:公司|中心|企业|集团|服务部))\(([\u4e00-\u9fff·]{2,4})\)$/;

/** What the estate is called besides: 御景湾(备案名:云川花园), 清风苑(原名清风小区). A phase or a part in brackets stays in the name. */
const OTHER_NAME = /^(.{2,}?)\((?:备案名|曾用名|原名|又名|别名|推广名|地名|俗称|原)称?[:为]?([^()]{2,})\)$/;

function putName(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const read = guarded(name)(cell, header);
  if (read.is === 'fault') return read.fault;
  const [, own, other] = (read.is === 'value' ? OTHER_NAME.exec(read.value) : null) ?? [];
  draft.name = own ?? (read.is === 'blank' ? null : read.value);
  if (other !== undefined) draft.alias = other;
  return null;
}

function putAlias(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const read = guarded(name)(cell, header);
  if (read.is === 'fault') return read.fault;
  draft.alias = [read.is === 'blank' ? null : read.value, draft.alias ?? null].filter((one) => one !== null).join('、') || null;
  return null;
}

/** 800户/2400人: the people are not kept. */
function putUnitsAndPeople(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const homes = /^([\d,]+户?)[/、;][\d,]+人?$/.exec(textOf(cell).replaceAll(' ', ''))?.[1];
  const read = guarded(count)(homes ?? cell, header);
  if (read.is === 'fault') return read.fault;
  draft.unitCount ??= read.is === 'blank' ? null : read.value;
  return null;
}

function putPeriod(draft: { contractFrom?: EstateValues['contractFrom'] | null; contractUntil?: EstateValues['contractUntil'] | null }, cell: Parameters<typeof textOf>[0], header: string) {
  const read = period(cell, header);
  if (read.is === 'fault') return read.fault;
  draft.contractFrom = read.is === 'blank' ? null : read.value.from;
  draft.contractUntil = read.is === 'blank' ? null : read.value.until;
  return null;
}

const occupied = guarded(count);

/** How many live there; 全部 is as many as there are homes, where that is known. */
function putOccupied(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const isAll = /^(已?全部?(已?入住)?|全满|满)$/.test(textOf(cell)) && typeof draft.unitCount === 'number';
  const read = occupied(isAll ? draft.unitCount ?? null : cell, header);
  if (read.is === 'fault') return read.fault;
  draft.occupiedCount = read.is === 'blank' ? null : read.value;
  if (isAll) return { code: 'about-figure', severity: 'warn', says: `已按总户数${draft.unitCount ?? 0}登记，请核实` };
  return read.is === 'value' ? read.note ?? null : null;
}

/** 3栋/72户. */
function putBuildingsAndUnits(draft: Draft<EstateValues>, cell: RawCell): CellFault | null {
  const written = textOf(cell).replaceAll(' ', '');
  if (isBlankText(written)) return null;
  const parts = /^(\d{1,3})(?:[栋幢座]\/?|[/、,])(\d{1,6})户?$/.exec(written);
  if (parts === null) return { code: 'not-a-number', says: '看不出栋数和户数，请写成“3栋/72户”的样子' };
  draft.buildingCount ??= Number(parts[1]);
  draft.unitCount ??= Number(parts[2]);
  return null;
}

/** The day of the founding; a word there (未成立, 筹备中) says how the committee stands, where no other column does. */
function putSince(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  const read = date(cell, header);
  if (read.is !== 'fault') {
    draft.committeeSince = read.is === 'blank' ? null : read.value;
    return null;
  }
  const state = committeeState(cell, header);
  if (state.is !== 'value') return read.fault;
  draft.committee ??= state.value;
  draft.committeeSince = null;
  return null;
}

/** A phase in a column of its own is part of the name, as long as the name does not tell it already. */
function putPhase(draft: Draft<EstateValues>, cell: RawCell): null {
  const part = /^[\u4e00-\u9fffA-Z]{1,8}(组团|园|苑|区|坊|里|庭)$/.exec(textOf(cell).replaceAll(' ', ''))?.[0];
  if (part !== undefined && draft.name && !draft.name.includes(part)) draft.name = `${draft.name}${part}`;
  const parts = /^第?([\d一二三四五六七八九十]{1,3})期?(?:工程)?$/.exec(textOf(cell));
  if (parts !== null && draft.name && !/[期区]\)?$/.test(draft.name)) draft.name = `${draft.name}${parts[1] ?? ''}期`;
  return null;
}

/** “五年” is how long every term is, not when this one is. */
function putTerm(draft: Draft<EstateValues>, cell: RawCell, header: string): CellFault | null {
  if (/^([一二三四五六\d]年|长期|已?届满|已?到期)$/.test(textOf(cell))) return null;
  const read = period(cell, header);
  const state = read.is === 'fault' ? committeeState(cell, header) : read;
  if (read.is === 'fault' && state.is === 'value' && typeof state.value === 'string') {
    draft.committee ??= state.value;
    return null;
  }
  if (read.is === 'fault') return read.fault;
  if (read.is === 'blank') return null;
  draft.committeeSince ??= read.value.from;
  draft.committeeUntil ??= read.value.until;
  return null;
}

function checkEstate(values: Values<'estates'>, report: Report): void {
  const { unitCount, occupiedCount, totalAreaCm2, deliveredAreaCm2, committeeSince, committeeUntil, contractFrom, contractUntil } = values;
  if (values.name === null) report('name', { code: 'name-missing', severity: 'error', says: '没有填写，请补上小区名称' });
  if (isNumber(unitCount) && isNumber(occupiedCount) && occupiedCount > unitCount) report('occupiedCount', { code: 'occupied-exceeds-total', severity: 'error', says: `多于总户数${unitCount}，请核对两个数` });
  if (isNumber(totalAreaCm2) && isNumber(deliveredAreaCm2) && deliveredAreaCm2 > totalAreaCm2) report('deliveredAreaCm2', { code: 'delivered-exceeds-total', severity: 'warn', says: '大于总建筑面积，请核对' });
  checkUnits(values, report);
  if (committeeSince && committeeUntil && committeeUntil < committeeSince) report('committeeUntil', { code: 'period-reversed', severity: 'warn', says: '早于成立时间，请核对' });
  if (contractFrom && contractUntil && contractUntil < contractFrom) report('contractUntil', { code: 'period-reversed', severity: 'warn', says: '早于合同起始日期，请核对' });
}

const FEWEST_M2 = 10;
const MOST_M2 = 2000;
const CM2_PER_M2 = 10_000;
const MOST_FEE_FEN = 3000;

/** 万㎡ and ㎡ mistaken for each other, and a year's fee for a month's. */
function checkUnits({ totalAreaCm2, unitCount, feeFen }: Values<'estates'>, report: Report): void {
  if (isNumber(totalAreaCm2) && totalAreaCm2 > 0 && isNumber(unitCount) && unitCount > 0) {
    const each = totalAreaCm2 / CM2_PER_M2 / unitCount;
    if (each < FEWEST_M2 || each > MOST_M2) report('totalAreaCm2', { code: 'out-of-range', severity: 'warn', says: `按${unitCount}户折合每户${each < 1 ? '不到1' : `约${Math.round(each)}`}㎡，不合常理，请核对面积的单位（㎡还是万㎡）` });
  }
  if (isNumber(feeFen) && feeFen > MOST_FEE_FEN) report('feeFen', { code: 'out-of-range', severity: 'warn', says: '高得少见，请核对单位是不是元/㎡·月' });
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
