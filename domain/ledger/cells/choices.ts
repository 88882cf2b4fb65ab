import type { AreaSource, CommitteeState, FeeBasis, ManagementKind, Post, UnitUse } from '../types.ts';
import { choice } from './text.ts';

/** 业委会是否成立:是, 有, √, Y, 已成立; 否, 无, ×, N, 未成立; 筹备中. */
export const committeeState = choice<CommitteeState>([
  ['preparing', /筹备|筹建|组建中|正在|^拟|拟成立|^计划|换届中/],
  ['none', /^(否|无|没有|未|N|NO|F|FALSE|X|×|✗|✘|✕|╳|0|未.*|无.*|尚未.*|没有.*|不.*|暂无.*|已(撤销|解散|注销).*)$/],
  ['established', /^(是|有|Y|YES|T|TRUE|√|✓|✔|☑|1|成立|已.*|有.*|完成.*|.*(成立|备案|换届|选举)(完成)?)$/],
], '“是”“否”或“筹备中”');

/** 管理方式 */
export const managementKind = choice<ManagementKind>([
  ['quasi', /准物业/],
  ['neighbourhood', /(社区|居委会|村委会|街道|乡镇).*(托管|代管|管理|兜底)|(社区|居委会|村委会|居民委员会|村民委员会)$|^托管$/],
  ['work-unit', /(单位|企业|家属院|产权).*(自管|管理)|单位管|后勤/],
  ['self', /自管|自治|自行管理|业主自/],
  ['unmanaged', /三无|退出|撤离|撤场|退场|停止服务|失管|无人管|无物业|弃管|^[无否×N]$|无管理|脱管|没有物业/],
  ['company', /物业|公司|企业|市场化|专业化|委托|^[有是√Y]$/],
], '物业企业、业主自管、单位自管、社区托管、准物业或失管');

/** 收费方式 */
export const feeBasis = choice<FeeBasis>([['lump-sum', /包干/], ['commission', /酬金|信托/]], '“包干制”或“酬金制”');

/** 岗位:the first that fits; what fits none is 其他, kept in its own words. */
export const posts: readonly (readonly [Post, RegExp])[] = [
  ['head', /企业负责人|公司负责人|法定代表人|法人|总经理|董事长|^负责人$/],
  ['estate-manager', /项目经理|项目负责人|项目主管|小区经理|小区负责人|物业经理|管理处主任|服务中心(主任|经理)|^经理$/],
  ['fire-control', /消防|消控|中控|监控/],
  ['order', /秩序|保安|安保|门卫|门岗|巡逻|安全员|护卫/],
  ['greening', /绿化|园林|绿植/],
  ['cleaning', /保洁|清洁|环卫|卫生/],
  ['repair', /工程|维修|水电|电工|机电|电梯|设备|维护|管道/],
  ['service', /客服|客户服务|前台|管家|接待|收费|服务员/],
  ['clerk', /内勤|文员|财务|会计|出纳|行政|人事|办公室|资料/],
];

/** 面积来源 */
export const areaSource = choice<AreaSource>([
  ['register', /登记簿|产权证|房产证|不动产|权证|房权|登记|^产权$/], ['survey', /测绘|实测|测量|预测/], ['contract', /合同|网签|备案|协议/], ['other', /其他|其它|估算|申报|自报/],
], '不动产登记簿、测绘成果或购房合同');

/** 房屋用途 */
export const unitUse = choice<UnitUse>([
  ['parking', /车位|车库|停车/], ['storage', /储藏|储物|杂物|地下室|仓|阁楼/], ['shop', /商|铺|店|营业|门面|门市/], ['office', /办公|写字|公寓式办公/],
  ['residence', /住|居|公寓|别墅/], ['other', /其他|其它|公建|配套|物业用房|幼儿园|工业|厂房/],
], '住宅、商铺、办公、车位、储藏室或其他');
