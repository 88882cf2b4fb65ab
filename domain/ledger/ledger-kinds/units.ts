import { isOrganisationName } from '#domain/kernel/chinese-text.ts';
import { canonicalEstateName } from '#domain/kernel/estate-name.ts';
import { checkCreditCode, checkIdentityNumber } from '#domain/kernel/identifier.ts';
import { buildingKey, entranceKey } from '#domain/kernel/unit-number.ts';
import { remembering, type CellFault } from '../cells/cell.ts';
import { areaSource, unitUse } from '../cells/choices.ts';
import { moreOf } from '../cells/contact.ts';
import { date } from '../cells/date.ts';
import { area } from '../cells/number.ts';
import { heldShare } from '../cells/share.ts';
import { guarded, name, text } from '../cells/text.ts';
import { field, spread, type Draft, type LedgerSpec, type Report } from '../field.ts';
import type { RawCell, UnitValues, Values } from '../types.ts';
import { key, putBuildingEntrance, putFloor, putRoom, putUnitNumber } from './unit-number.ts';
import { putCoOwners, putIdNumber, putOwner, putPhones } from './unit-owner.ts';
import { UnitRows } from './unit-rows.ts';

const ALONE = /商铺|门面|车位|车库|储藏|地下|配套|物业用房/;
const estateKey = remembering(canonicalEstateName);

/** 房屋业主名册 */
export const units: LedgerSpec<'units'> = {
  kind: 'units',
  title: '房屋业主名册',
  sheetConstant: 'estate',
  fields: [
    field<UnitValues, 'township'>('township', '乡镇（街道）', name, { names: '乡镇 街道 镇街 乡镇街道 街道乡镇 所属街道 所属乡镇 属地', like: /乡镇|街道|镇街/, fillDown: 'always' }),
    field<UnitValues, 'estate'>('estate', '小区', name, { names: '小区名称 住宅小区 住宅小区名称 所属小区 所在小区 项目名称 物业项目名称 物业项目 楼盘名称 楼盘 物业区域名称 项目 物业名称', like: /(小区|项目|楼盘)(名称)?$/, fillDown: 'always', isRequired: true, onFault: 'error' }),
    field<UnitValues, 'building'>('building', '楼栋', key(buildingKey), { names: '栋号 幢号 楼号 楼栋号 栋 幢 楼 楼幢 楼幢号 座号 房屋幢号 号楼 楼座 栋数', like: /[栋幢楼座]号?$/, fillDown: 'group' }),
    field<UnitValues, 'entrance'>('entrance', '单元', key(entranceKey), { names: '单元号 门洞 门号 梯号 单元门', like: /^(?!不动产|.*[栋幢楼]).{0,4}单元(号|名称)?$/, fillDown: 'group' }),
    spread<UnitValues>('buildingEntrance', '楼栋单元', { names: '栋单元 幢单元 楼栋单元号 楼幢单元 栋号单元 栋号单元号 幢号单元号 楼号单元 楼栋及单元', fillDown: 'group' }, putBuildingEntrance),
    spread<UnitValues>('room', '房号', { names: '室号 房间号 房屋号 室 户号 门牌 门牌号 房间 房屋编号 室号部位 户室号 号 房屋号码 车位号 车位编号 车库号 商铺号 铺号 门面号 储藏室号 房屋代码', like: /(房|室|户|车位|铺)号/, onFault: 'error' }, putRoom),
    spread<UnitValues>('floor', '楼层', { names: '所在楼层 所在层 层 层号 楼层号 层次' }, putFloor),
    spread<UnitValues>('unitNumber', '房屋坐落', { names: '坐落 座落 房屋坐落位置 房屋地址 房屋位置 楼栋房号 栋号房号 楼栋单元房号 幢单元室 房屋 地址 房屋座落 栋-单元-房号 楼号单元房号 楼栋-单元-房号 不动产坐落 房产坐落 房间名称 房产名称 房屋名称 房间全称', like: /坐落|座落|栋.*(房|室)/ }, putUnitNumber),
    spread<UnitValues>('use', '用途', { names: '房屋用途 规划用途 使用性质 房屋性质 类型 房屋类型 物业类型 用房性质 房屋类别 业态 性质', like: /(用途|使用性质|(房屋|物业|房产|用房)(性质|类型|类别))$/ }, putUse),
    field<UnitValues, 'areaCm2'>('areaCm2', '建筑面积', area, { names: '面积 房屋面积 建面 房屋建筑面积 产权面积 实测面积 实测建筑面积 收费面积 计费面积 专有部分面积 专有面积 登记面积 建筑面积专有部分', like: /^(?!.*(套内|公摊|分摊|占地|土地|使用|阁楼|露台|花园|赠送)).*面积/, onFault: 'error' }),
    field<UnitValues, 'areaSource'>('areaSource', '登记依据', areaSource, { names: '面积来源 面积依据 依据 来源 数据来源 登记来源 面积登记依据 产权依据', like: /依据|来源/ }),
    spread<UnitValues>('ownerName', '产权人', { names: '业主 业主姓名 业主名称 产权人姓名 产权人名称 权利人 权利人姓名 房主 户主 户主姓名 所有权人 房屋所有权人 姓名 购房人 买受人 客户名称 客户姓名 住户姓名 业主（产权人） 业主姓名名称 产权人业主 业主产权人', like: /(业主|产权人|权利人|所有权人|房主|户主|买受人|购房人)((姓名|名称)?|((姓名|名称)[及和与/]?|[及和与/])(联系)?(电话|手机号?码?|联系方式))$/ }, putOwner),
    spread<UnitValues>('ownerIdNumber', '证件号', { names: '身份证号 身份证号码 身份证 证件号码 业主身份证号 业主身份证号码 产权人身份证号 产权人证件号 产权人证件号码 业主证件号 公民身份号码 身份证件号码 统一社会信用代码 身份证号信用代码 证照号', like: /身份证|证件号|证照/, onFault: 'error' }, putIdNumber),
    spread<UnitValues>('ownerPhones', '联系电话', { names: '电话 手机 手机号 手机号码 联系方式 业主电话 业主联系电话 业主手机 业主手机号 产权人电话 产权人联系电话 电话号码 电话1 手机1', like: /电话|手机|联系方式/ }, putPhones),
    spread<UnitValues>('morePhones', '其他电话', { names: '手机2 手机号2 手机号码2 电话2 联系电话2 电话号码2 联系方式2 第二联系电话 备用电话 备用手机 其他电话 固定电话 座机 座机号码' }, moreOf('ownerPhones')),
    spread<UnitValues>('coOwners', '共有人', { names: '共有人姓名 共有产权人 其他共有人 共有权人 房屋共有人 共有业主 其他产权人 共同产权人', like: /(共有|共同产权)(权利)?人/ }, putCoOwners),
    spread<UnitValues>('relation', '与产权人关系', { names: '与户主关系 与业主关系 与房主关系 家庭关系 与产权人的关系 与户主的关系' }, () => null),
    field<UnitValues, 'share'>('share', '份额', heldShare, { names: '共有份额 产权份额 占有份额 所占份额 持有份额 份额比例 共有比例 产权比例 占有比例 所占比例 共有情况 共有方式 共有情况及份额 共有方式及份额 权利比例 占比', like: /份额/ }),
    field<UnitValues, 'deliveredOn'>('deliveredOn', '交付日期', date, { names: '交付时间 交房时间 交房日期 入住时间 入住日期 收房时间 收房日期 入伙日期 入伙时间', like: /^(?!是否|有无).*(交付|交房|收房|入住)(日期|时间|年月|日)$/ }),
    field<UnitValues, 'registeredOn'>('registeredOn', '登记日期', date, { names: '登记时间 产权登记日期 产权登记时间 不动产登记日期 不动产登记时间 办证日期 办证时间 发证日期 发证时间 领证日期 领证时间 产权证日期 取得日期 取得时间 产权取得时间 过户日期 过户时间', like: /(产权|不动产|办证|发证|领证|过户|登记).*(日期|时间)$/ }),
    field<UnitValues, 'remark'>('remark', '备注', text, { names: '说明 其他' }),
  ],
  standsAlone: ALONE,
  check: checkUnit,
  gather: () => new UnitRows(),
  keysOf: ({ township, estate, building, entrance, room }) => (estate && room ? [`${township ?? ''}/${estateKey(estate)}/${building ?? ''}-${entrance ?? ''}-${room}`] : []),
  duplicate: { code: 'duplicate-unit', field: 'room', says: (first) => `与${first}是同一套房屋，重复登记，请删去一行；是共有人的，请写在“共有人”一栏，或写明各自的份额` },
};

/** A cell that says nothing leaves what the room's number says. */
function putUse(draft: Draft<UnitValues>, cell: RawCell, header: string): CellFault | null {
  const read = guarded(unitUse)(cell, header);
  if (read.is === 'fault') return read.fault;
  if (read.is === 'value') draft.use = read.value;
  else draft.use ??= null;
  return null;
}

/** 5,000 ㎡ */
const MOST_CM2 = 50_000_000;

function checkUnit({ estate, building, room, use, areaCm2, ownerName, ownerIdNumber }: Values<'units'>, report: Report): void {
  if (estate === null) report('estate', { code: 'required-missing', severity: 'error', says: '没有填写，请补上小区名称' });
  if (room === null) report('room', { code: 'required-missing', severity: 'error', says: '没有填写，请补上房号' });
  if (building === null && room && (use ?? 'residence') === 'residence' && !ALONE.test(room)) report('building', { code: 'required-missing', severity: 'warn', says: '没有填写，暂登记在“未分栋”下，请补上楼栋' });
  if (typeof areaCm2 === 'number' && areaCm2 > MOST_CM2) report('areaCm2', { code: 'out-of-range', severity: 'warn', says: '大得少见，请核对是否填错' });
  if (areaCm2 === 0) report('areaCm2', { code: 'out-of-range', severity: 'warn', says: '是0，请核对' });
  if (ownerIdNumber && /^\d{12,}X?$/.test(ownerIdNumber) && !/^\d{15}$|^\d{17}[\dX]$/.test(ownerIdNumber)) report('ownerIdNumber', { code: 'id-check-digit', severity: 'error', says: '位数不对，身份证号是18位，请对照身份证核对' });
  if (typeof ownerIdNumber !== 'string' || !/^\d{15}$|^\d{17}[\dX]$/.test(ownerIdNumber)) return;   // a passport or a permit has no rule to check
  const verdict = checkIdentityNumber(ownerIdNumber);
  if (verdict === 'ok' || verdict === 'old-form' || (ownerName && isOrganisationName(ownerName)) || checkCreditCode(ownerIdNumber) === 'ok') return;
  if (verdict === 'check-digit') report('ownerIdNumber', { code: 'id-check-digit', severity: 'error', says: '校验位不符，请对照身份证核对' });
  else report('ownerIdNumber', { code: 'id-check-digit', severity: 'error', says: '不是有效的身份证号，请对照身份证核对' });
}
