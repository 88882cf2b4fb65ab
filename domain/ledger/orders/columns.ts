import type { Field } from '../field.ts';

/** 工单栏目 in an order file: key → its title, and by which headings it is known. */
interface OrderColumn { readonly title: string; readonly names: string; readonly like: RegExp | null }

/** 工单的列. Cities head them differently; each heading belongs to one field at most. */
export const orderColumns = {
  orderNo: { title: '工单编号', names: '工单号 工单编码 编号 受理编号 受理单号 事件编号 案件编号 诉求编号 流水号 派单编号 工单流水号 任务编号', like: /工单(编|流水)?(号|码)/ },
  calledAt: { title: '来电时间', names: '受理时间 来电日期 受理日期 诉求时间 反映时间 登记时间 创建时间 上报时间 接单时间', like: /(来电|受理|诉求|反映|登记).*(时间|日期)/ },
  title: { title: '诉求标题', names: '标题 工单标题 主题 事件标题 诉求主题 案件标题', like: /标题|主题/ },
  content: { title: '诉求内容', names: '内容 工单内容 反映内容 来电内容 问题描述 事件描述 诉求描述 反映问题 主要内容 诉求详情 问题内容', like: /(诉求|工单|反映|来电|问题|事件).*(内容|描述|详情)/ },
  type: { title: '诉求类型', names: '类型 工单类型 诉求类别 问题类型 问题分类 诉求分类 事件类型 事件分类 业务类型 类别 分类 归口类型', like: /(诉求|问题|事件|工单|业务).*(类型|类别|分类)/ },
  callerName: { title: '诉求人', names: '来电人 姓名 联系人 来电人姓名 诉求人姓名 反映人 反映人姓名 市民姓名 投诉人 当事人', like: /(诉求|来电|反映|投诉)人(姓名)?$/ },
  callerPhone: { title: '联系电话', names: '电话 来电号码 联系方式 来电电话 手机 手机号 手机号码 诉求人电话 市民电话 反映人电话 主叫号码 来电人电话', like: /电话|号码$|联系方式|手机/ },
  address: { title: '事发地址', names: '地点 地址 事发地点 诉求地址 问题地址 详细地址 反映地址 发生地址 发生地点 事件地址 事件地点', like: /(事发|诉求|问题|反映|发生|事件).*(地址|地点|位置)/ },
  area: { title: '所属区域', names: '乡镇街道 街道 镇街 乡镇 所属街道 所属镇街 所属乡镇 区域 属地 行政区域', like: /(所属|属地|事发).*(街道|乡镇|镇街|区域)/ },
  estate: { title: '小区', names: '小区名称 所属小区 涉及小区 楼盘 住宅小区', like: /小区/ },
  unit: { title: '承办单位', names: '主办单位 办理部门 承办部门 处理单位 处置单位 派往单位 责任单位 主办部门 接收单位', like: /(承办|主办|处置|接收|责任).*(单位|部门)/ },
  dispatchedAt: { title: '派单时间', names: '派发时间 交办时间 转派时间 下派时间 派遣时间 派单日期 交办日期', like: /(派单|派发|交办|转派|下派).*(时间|日期)/ },
  dueAt: { title: '办理时限', names: '截止时间 到期时间 办结期限 截止日期 到期日期 办理期限 处理时限 应办结时间 要求办结时间 反馈时限 办结时限 限办时间 要求完成时间 回复时限', like: /截止|到期|(办理|办结|处理|反馈|回复).*(时限|期限)/ },
  urgency: { title: '紧急程度', names: '紧急级别 缓急 紧急 优先级 紧急类型 缓急程度', like: /紧急|缓急/ },
  status: { title: '工单状态', names: '状态 办理状态 处理状态 当前状态 工单类别状态 环节 当前环节', like: /状态|环节/ },
  redo: { title: '重办', names: '是否重办 重办次数 退回重办 是否退回重办 重办标识 二次办理', like: /重办|二次(派单|办理)/ },
  extension: { title: '延期批复', names: '延期状态 延期审批 延期审核 延期审批结果 延期审核结果 延期结果 是否同意延期', like: /延期.*(批|审|状态|结果|同意)/ },
  isContacted: { title: '是否联系', names: '是否联系诉求人 是否响应 响应情况 联系情况 回访是否联系 是否与诉求人联系', like: /是否.*联系|是否响应/ },
  resolved: { title: '是否解决', names: '解决情况 是否已解决 回访解决情况 诉求是否解决 问题是否解决 解决结果', like: /是否.*解决|解决情况/ },
  satisfied: { title: '是否满意', names: '满意度 满意情况 回访满意度 评价结果 满意度评价 回访结果 群众评价', like: /满意|评价/ },
  calledBackAt: { title: '回访时间', names: '回访日期 测评时间', like: /回访.*(时间|日期)/ },
  outcome: { title: '办理结果', names: '办理情况 处理结果 办理结论', like: null },
  answer: { title: '答复内容', names: '回复内容 答复意见 反馈内容 办理意见 处理意见 回复意见 答复情况', like: null },
  finishedAt: { title: '办结时间', names: '答复时间 回复时间 反馈时间 完成时间 办结日期', like: null },
  doneBy: { title: '办理单位', names: '答复单位 回复单位 实际办理单位 反馈单位', like: null },
  sentBack: { title: '是否退单', names: '退单 退单原因 退单理由 退回原因', like: null },
  askedExtension: { title: '延期申请', names: '是否延期 申请延期 延期原因 延期理由', like: null },
} as const satisfies Record<string, OrderColumn>;
export type OrderField = keyof typeof orderColumns;

/** 是否工单栏目. */
export const isOrderField = (key: string): key is OrderField => Object.hasOwn(orderColumns, key);
/** 工单栏目, in order. */
export const orderFields: readonly OrderField[] = Object.keys(orderColumns).filter(isOrderField);
/** 必需的栏目: without them a sheet holds no orders. */
export const requiredFields: readonly OrderField[] = ['orderNo', 'content'];
/** 我们回填的栏目: what the return file fills in. */
export const answerFields = ['outcome', 'answer', 'finishedAt', 'doneBy', 'sentBack', 'askedExtension'] as const satisfies readonly OrderField[];
/** 诉求人的栏目: sealed, and never sent back. */
export const callerFields: readonly OrderField[] = ['callerName', 'callerPhone'];
/** 时间栏目: day, and hour where the file tells it. */
export const momentFields: readonly OrderField[] = ['calledAt', 'dispatchedAt', 'dueAt', 'calledBackAt', 'finishedAt'];

/** The columns in the form in which headers are found; cells are read by their own readers. */
export const orderHeaderFields: readonly Field<unknown>[] = orderFields.map((key) => {
  const { title, names, like }: OrderColumn = orderColumns[key];
  return { key, title, names: [title, ...names.split(' ')], like, isRequired: requiredFields.includes(key), onFault: 'error', fillDown: 'merged', put: () => null };
});

/** 像个人信息的列: of columns that we do not know, those whose heading speaks of a person are not kept. */
export const isAboutPerson = (heading: string): boolean => /姓名|身份|证件|电话|手机|号码|联系(人|方式)|住址|性别|年龄|生日|诉求人|来电人|反映人|微信|邮箱/.test(heading);
