import { z } from 'zod';
import { categories, categoryGroups, categoryLabels, paceLabels, type CategoryCode, type CategoryGroup, type Pace } from '#domain/complaint/category.ts';
import { agendaGrounds, type AgendaGround } from '#domain/complaint/agenda.ts';
import { complaintStatusLabels, type ActName, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { originLabels, registeredOrigins, type Origin } from '#domain/complaint/origin.ts';
import { outcomeLabels, recheckLabels, satisfactionLabels, type Outcome, type RecheckResult, type Satisfaction } from '#domain/complaint/reply.ts';
import { stageLabels, type Stage } from '#domain/complaint/stage.ts';
import { measures, type Measure } from '#domain/complaint/statistics.ts';
import { refusalGrounds, type RefusalGround } from '#domain/complaint/rules.ts';
import { keysOf } from './administration/shared.ts';
import { defineRoute } from './define-route.ts';
import { ability, count, download, holder, id, inHandQuery, instant, localDate, pageByIdQuery, pageOf, requiredText, text } from './kernel.ts';
import { mailAddress } from './notice-channel.ts';
import { DueBrief } from './obligation.ts';
import { keywordQuery, placeQuery, revealBody, Revealed } from './registry/shared.ts';

const titles = <K extends string>(of: Readonly<Record<K, { readonly title: string }>>): Record<string, string> => Object.fromEntries(Object.entries<{ readonly title: string }>(of).map(([key, { title }]) => [key, title]));

/** 投诉类别. */
export const categoryCode = z.enum(keysOf<CategoryCode>(categories)).meta({ title: '类别', 'x-labels': categoryLabels });
const group = z.enum(keysOf<CategoryGroup>(categoryGroups)).meta({ title: '大类', 'x-labels': categoryGroups });
/** 投诉件状态. */
export const complaintStatus = z.enum(keysOf<ComplaintStatus>(complaintStatusLabels)).meta({ title: '状态', 'x-labels': complaintStatusLabels });
const pace = z.enum(keysOf<Pace>(paceLabels)).meta({ title: '办理类别', 'x-labels': paceLabels });
const origin = z.enum(keysOf<Origin>(originLabels)).meta({ title: '来源', 'x-labels': originLabels });
const outcome = z.enum(keysOf<Outcome>(outcomeLabels)).meta({ title: '办理结果', 'x-labels': outcomeLabels });
const satisfaction = z.enum(keysOf<Satisfaction>(satisfactionLabels)).meta({ title: '满意情况', 'x-labels': satisfactionLabels });
const recheckResult = z.enum(keysOf<RecheckResult>(recheckLabels)).meta({ title: '复查结果', 'x-labels': recheckLabels });
const refusalGround = z.enum(keysOf<RefusalGround>(refusalGrounds)).meta({ title: '不予受理的理由', 'x-labels': titles(refusalGrounds) });
/** 灯: red once the day has passed, yellow from the day before. */
export const lampLabels = { green: '期限内', yellow: '临期', red: '逾期' } as const;
const stage = z.enum(keysOf<Stage>(stageLabels)).meta({ title: '办理阶段', 'x-labels': stageLabels });
const ground = z.enum(keysOf<AgendaGround>(agendaGrounds)).meta({ title: '提请原因', 'x-labels': agendaGrounds });
const lamp = z.enum(keysOf(lampLabels)).meta({ title: '时限', 'x-labels': lampLabels });

/** 列表行. */
export const ComplaintRow = z.object({
  id: id('Complaint'), no: z.string().meta({ title: '编号' }), category: categoryCode, estate: z.string().nullable().meta({ title: '小区' }), place: z.string().meta({ title: '所在地' }), brief: z.string().meta({ title: '内容' }),
  origin, originNo: z.string().nullable().meta({ title: '来源编号' }), status: complaintStatus, handler: z.string().meta({ title: '承办单位' }), holder, receivedOn: localDate.meta({ title: '收到日期' }), nextDueOn: localDate.nullable().meta({ title: '下一期限' }), lamp: lamp.nullable(),
  ageDays: count.meta({ title: '在办天数' }), ownerCount: count.meta({ title: '涉及业主（名）' }), isEmergency: z.boolean().meta({ title: '紧急' }), relapseNo: count.meta({ title: '第几次反弹' }), version: z.int(),
}).meta({ id: 'ComplaintRow' });

/** 办理过程的一步. */
export const ComplaintStep = z.object({
  id: z.uuid(), act: z.string(), title: z.string().meta({ title: '办理' }), note: z.string().meta({ title: '说明' }), by: z.string().meta({ title: '办理人' }), body: z.string().meta({ title: '单位' }), handler: z.string().meta({ title: '此后由谁办' }), at: instant.meta({ title: '时间' }), isInternal: z.boolean().meta({ title: '内部' }), isOffline: z.boolean().meta({ title: '线下补录' }),
}).meta({ id: 'ComplaintStep' });
/** 投诉人, without a name: whoever handles it asks to see it, with a reason. */
export const Complainant = z.object({ id: id('Complainant'), isAnonymous: z.boolean().meta({ title: '匿名' }), isForFamily: z.boolean().meta({ title: '代家人提出' }), family: z.string().nullable().meta({ title: '代谁提出' }), hasFamilyName: z.boolean().meta({ title: '留有家人姓名' }), name: z.string().meta({ title: '姓名（部分遮盖）' }), hasPhone: z.boolean().meta({ title: '留有电话' }), hasMail: z.boolean().meta({ title: '留有电子邮箱' }) }).meta({ id: 'Complainant' });
/** 能做什么: true, or the reason why not, for every act of the table. */
const can = z.object({ sign: ability, accept: ability, refuse: ability, assign: ability, transfer: ability, object: ability, designate: ability, contact: ability, intervene: ability, emergency: ability, askInformation: ability, takeInformation: ability, extend: ability, reply: ability, close: ability, followUp: ability, recheck: ability, reopen: ability, sendBack: ability, askExtension: ability, settleExtension: ability, withdraw: ability, merge: ability, correct: ability, note: ability, ask: ability, feedback: ability } satisfies Record<Exclude<ActName, 'resume' | 'restate' | 'redo'>, typeof ability>);
/** 在谁手上: a stretch of days that lay with one body; both days are its own, the day of handing on counts with the next. */
const hand = z.object({ handler: z.string().meta({ title: '单位' }), fromOn: localDate.meta({ title: '自' }), untilOn: localDate.nullable().meta({ title: '至' }), days: count.meta({ title: '天数' }) });
const brief = z.object({ id: id('Complaint'), no: z.string(), status: complaintStatus, receivedOn: localDate, words: z.string() });

/** 投诉件. `identity` says why the complainant is not shown where he is not. */
export const Complaint = ComplaintRow.extend({
  body: z.string().meta({ title: '反映的情况' }), spot: z.string().meta({ title: '具体位置' }), building: z.string().nullable().meta({ title: '楼栋' }), estateId: id('Estate').nullable(), pace, originDueOn: localDate.nullable().meta({ title: '来源单位的期限' }), firstBody: z.string().meta({ title: '首接单位' }),
  emergencyTo: z.string().nullable().meta({ title: '已转交' }), isTransferred: z.boolean().meta({ title: '已转办' }), isDesignated: z.boolean().meta({ title: '指定承办' }), isObjected: z.boolean().meta({ title: '对承办有异议' }), waitsUntilOn: localDate.nullable().meta({ title: '等待补充至' }), company: z.string().nullable().meta({ title: '请处理的企业' }), estateCompany: z.string().nullable().meta({ title: '服务企业' }),
  assisting: z.array(z.string()).meta({ title: '协办单位' }), reply: z.string().nullable().meta({ title: '答复内容' }), outcome: outcome.nullable(), agreement: z.string().nullable().meta({ title: '调解协议' }), refusal: z.string().nullable().meta({ title: '不予受理告知' }), satisfaction: satisfaction.nullable(), satisfactionWhy: z.string().nullable().meta({ title: '不满意的原因' }), recheckResult: recheckResult.nullable(), reopenCount: count.meta({ title: '重新办理（次）' }),
  agenda: z.string().nullable().meta({ title: '拟提请联席会议' }), mergedInto: brief.nullable(), relapseOf: brief.nullable(), mergedFrom: z.array(brief), isHandlerOffline: z.boolean().meta({ title: '承办单位没有账号' }),
  suggested: z.object({ leadId: id('OrgUnit').nullable(), lead: z.string(), assisting: z.string(), basis: z.string() }).meta({ title: '责任清单' }),
  complainants: z.array(Complainant), files: z.array(z.object({ fileNo: count, name: z.string().meta({ title: '附件' }), sizeBytes: count, kind: z.enum(['given', 'letter', 'handling', 'reply']) })), identity: z.string().nullable(), dues: z.array(DueBrief), hands: z.array(hand), steps: z.array(ComplaintStep), nextWords: z.string().meta({ title: '下一步' }), can, canReveal: ability,
}).meta({ id: 'Complaint' });

const one = z.object({ complaintId: id('Complaint') });
const phone = text(50).default('').meta({ title: '联系电话', 'x-ground': '用于答复投诉人；匿名的不填' });
const dayOrNone = localDate.nullable().default(null);

/** 窗口代为登记的内容. Nothing but the place, the category and what happened is needed; no photo, no identity number. */
export const ComplaintDraft = z.object({
  origin: z.enum(registeredOrigins).meta({ title: '来源', 'x-labels': Object.fromEntries(registeredOrigins.map((key) => [key, originLabels[key]])) }), originNo: text(60).default('').meta({ title: '来源单位的编号（热线、信访等）' }), originDueOn: dayOrNone.meta({ title: '来源单位规定的期限' }),
  receivedOn: localDate.meta({ title: '收到日期' }), estateId: id('Estate').nullable().default(null).meta({ title: '小区（信访、批示、提案等不涉及某个小区的，可以不选）' }), spot: text(100).default('').meta({ title: '具体位置（楼栋、单元、房号或地点）' }), category: categoryCode,
  body: requiredText(5_000, '请填写反映的情况').meta({ title: '反映的情况' }), ownerCount: z.int('应为整数').min(1, '至少1名').max(100_000, '数字过大，请核对').default(1).meta({ title: '涉及业主（名）' }),
  isEmergency: z.boolean().default(false).meta({ title: '紧急安全（困人、起火、漏电、漏气等）' }), emergencyTo: text(100).default('').meta({ title: '已转交谁处理（119、110、抢修单位）' }),
  isAnonymous: z.boolean().default(false).meta({ title: '匿名' }), isForFamily: z.boolean().default(false).meta({ title: '代家人提出' }), name: text(50).default('').meta({ title: '投诉人姓名' }), phone,
  mail: z.union([z.literal(''), mailAddress]).default('').meta({ title: '电子邮箱', 'x-ground': '用于把回执和答复寄给投诉人；匿名的不填' }),
  letter: text(2_000).nullable().default(null).meta({ title: '来件原件（读取来信后得到的凭据）' }),
}).meta({ id: 'ComplaintDraft' });
/** 回执: told once, on paper. */
export const ComplaintSlip = z.object({ id: id('Complaint'), no: z.string(), receiptPath: z.string().nullable().meta({ title: '查询地址' }) }).meta({ id: 'ComplaintSlip' });

/** 开了多少天, of open files; `long` by the parameter. */
export const ageLabels = { week: '7天以内', over7: '超过7天', over15: '超过15天', over30: '超过30天', long: '久拖未决' } as const;
export const complaintFilters = z.object({
  ...keywordQuery.shape, ...placeQuery.shape, group: group.optional(), category: categoryCode.optional(), status: complaintStatus.optional(), state: z.enum(['open', 'ended']).optional().meta({ title: '在办', 'x-labels': { open: '在办', ended: '已结束' } }),
  stage: stage.optional(), estateId: id('Estate').optional().meta({ title: '小区' }), receivedFrom: localDate.optional().meta({ title: '收到日期自' }), receivedTo: localDate.optional().meta({ title: '收到日期至' }), counted: z.enum(['true']).optional().meta({ title: '计入反弹率', 'x-labels': { true: '只看计入的' } }),
  lamp: lamp.optional(), age: z.enum(keysOf(ageLabels)).optional().meta({ title: '开了多少天', 'x-labels': ageLabels }), handlerId: id('OrgUnit').optional().meta({ title: '承办单位' }), origin: origin.optional(), ...inHandQuery.shape,
  servingId: id('Company').optional().meta({ title: '服务企业' }), lacks: z.enum(['township', 'neighbourhood', 'estate', 'company']).optional().meta({ title: '没有登记', 'x-labels': { township: '没有乡镇街道', neighbourhood: '没有社区', estate: '没有小区', company: '没有服务企业' } }), measure: z.enum(keysOf<Measure>(measures)).optional().meta({ title: '统计项', 'x-labels': titles(measures) }),
});
export const listComplaints = defineRoute({ method: 'GET', path: '/complaints', summary: '投诉件列表', permission: 'complaint.read', query: pageByIdQuery.extend(complaintFilters.shape), response: pageOf(ComplaintRow).extend({ whyNone: z.string().nullable().meta({ title: '为什么没有这个编号' }) }) });
export const exportComplaints = defineRoute({ method: 'GET', path: '/complaints/export', summary: '导出投诉件', permission: 'complaint.read', query: complaintFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });
export const getComplaint = defineRoute({ method: 'GET', path: '/complaints/:complaintId', summary: '投诉件详情', permission: 'complaint.read', params: one, response: Complaint, problems: ['not-found'] });
export const postComplaint = defineRoute({ method: 'POST', path: '/complaints', summary: '登记投诉（窗口代为登记）', permission: 'complaint.receive', body: ComplaintDraft, response: ComplaintSlip, isToldOnce: true, problems: ['estate.not-found', 'input.invalid', 'input.too-large', 'state.duplicate', 'access.denied', 'file.not-found'] });
/** 读来的一封信: what the registration form begins with. `ticket` stands for the letter until it is registered; nothing is kept of one that is not. */
export const LetterRead = z.object({
  ticket: z.string(), name: z.string().meta({ title: '寄信人' }), mail: z.string().meta({ title: '电子邮箱' }), body: z.string().meta({ title: '信的内容' }), receivedOn: localDate.meta({ title: '收到日期' }), isDayRead: z.boolean().meta({ title: '收到日期取自信头' }),
  files: z.array(z.object({ name: z.string(), sizeBytes: count })).meta({ title: '附件' }), left: z.array(z.string()).meta({ title: '没有单独取出的附件' }), isCut: z.boolean().meta({ title: '内容有删节' }),
  known: z.object({ no: z.string(), id: id('Complaint').nullable() }).nullable().meta({ title: '已经登记为' }),
}).meta({ id: 'LetterRead' });
export const postComplaintLetterReading = defineRoute({ method: 'POST', path: '/complaint-letter-readings', summary: '读取来信（.eml）', permission: 'complaint.receive', kind: 'upload', response: LetterRead, isToldOnce: true, problems: ['input.invalid', 'input.too-large', 'access.denied'] });
const likeRow = brief.extend({ category: categoryCode, spot: z.string().meta({ title: '具体位置' }), likeness: count.meta({ title: '相似（%）' }), isOpen: z.boolean().meta({ title: '在办' }) });
/** 相似的投诉件, also closed ones, while it is being typed. A suggestion, never a decision. */
export const listLikeComplaints = defineRoute({ method: 'GET', path: '/complaint-likenesses', summary: '相似的投诉件', permission: 'complaint.receive', query: z.object({ estateId: id('Estate').meta({ title: '小区' }), words: text(500).default(''), spot: text(100).default(''), category: categoryCode.optional() }), response: z.object({ rows: z.array(likeRow) }) });
/** 与这一件相似的, at acceptance; those told apart before are left out. */
export const listLikenesses = defineRoute({ method: 'GET', path: '/complaints/:complaintId/likenesses', summary: '与这一件相似的投诉件', permission: 'complaint.handle', params: one, response: z.object({ rows: z.array(likeRow) }), problems: ['not-found'] });
/** 不是同一件. */
export const postUnlikeness = defineRoute({ method: 'POST', path: '/complaints/:complaintId/unlikenesses', summary: '核对为不是同一件', permission: 'complaint.handle', params: one, body: z.object({ otherId: id('Complaint').meta({ title: '另一件' }) }), response: z.object({ rows: z.array(likeRow) }), problems: ['not-found', 'rule.violated', 'input.invalid'] });

/** 看板条件. */
export const boardFilters = z.object({ ...placeQuery.shape, group: group.optional(), category: categoryCode.optional(), handlerId: id('OrgUnit').optional().meta({ title: '承办单位' }) });
const tally = { total: count, totalIsExact: z.boolean() };
/** 看板: the first of each column by their one date, and how many there are. */
export const ComplaintBoard = z.object({ columns: z.array(z.object({ stage, ...tally, rows: z.array(ComplaintRow) })), longOpen: z.object(tally), agenda: z.object(tally), longOpenDays: count.meta({ title: '多少天未办结单列' }), closedDays: count.meta({ title: '近多少天办结' }) }).meta({ id: 'ComplaintBoard' });
export const getComplaintBoard = defineRoute({ method: 'GET', path: '/complaint-board', summary: '投诉看板', permission: 'complaint.read', query: boardFilters, response: ComplaintBoard, access: 'count' });

/** 拟提请联席会议的一件. */
export const AgendaRow = ComplaintRow.extend({ agendaOn: localDate.meta({ title: '拟提请日期' }), grounds: z.string().meta({ title: '提请原因' }), bodies: z.string().meta({ title: '涉及单位' }) }).meta({ id: 'AgendaRow' });
const agendaFilters = z.object({ ground: ground.optional(), ...placeQuery.shape, group: group.optional(), category: categoryCode.optional(), state: complaintFilters.shape.state, handlerId: id('OrgUnit').optional().meta({ title: '承办单位' }) });
export const listAgenda = defineRoute({ method: 'GET', path: '/complaint-agenda', summary: '拟提请联席会议事项', permission: 'complaint.read', query: pageByIdQuery.extend(agendaFilters.shape), response: pageOf(AgendaRow) });
export const exportAgenda = defineRoute({ method: 'GET', path: '/complaint-agenda/export', summary: '导出拟提请联席会议事项', permission: 'complaint.read', query: agendaFilters, response: download, kind: 'download', access: 'export', problems: ['input.invalid'] });

const acting = { method: 'PUT', permission: 'complaint.handle', params: one, needsVersion: true, response: Complaint, problems: ['not-found', 'state.stale', 'rule.violated', 'input.invalid', 'access.denied'] } as const;
const note = (title: string, max = 1_000) => text(max).default('').meta({ title });
const why = (title: string) => z.string().trim().min(4, '请写明原因（不少于4个字）').max(500, '不超过 500 个字').meta({ title });
const body = (title: string) => id('OrgUnit').meta({ title });
export const putSigning = defineRoute({ ...acting, path: '/complaints/:complaintId/signing', summary: '签收投诉件', body: z.object({}) });
export const putAcceptance = defineRoute({ ...acting, path: '/complaints/:complaintId/acceptance', summary: '受理投诉件', body: z.object({ pace, note: note('说明（投诉人可以看到）') }) });
export const putRefusal = defineRoute({ ...acting, path: '/complaints/:complaintId/refusal', summary: '不予受理告知', body: z.object({ ground: refusalGround, where: text(200).default('').meta({ title: '可以向哪里提出（不填用默认的话）' }), why: why('具体情况（投诉人可以看到）') }) });
export const putAssignment = defineRoute({ ...acting, path: '/complaints/:complaintId/lead-body', summary: '交办投诉件', body: z.object({ leadId: body('主办单位'), assistingId: id('OrgUnit').nullable().default(null).meta({ title: '协办单位' }), why: note('办理要求') }) });
export const putTransfer = defineRoute({ ...acting, path: '/complaints/:complaintId/transferral', summary: '转办投诉件（只能一次）', body: z.object({ leadId: body('转给'), why: why('转办理由') }) });
export const putObjection = defineRoute({ ...acting, path: '/complaints/:complaintId/objection', summary: '对承办提出异议', body: z.object({ why: why('异议理由（报联席会议办公室）') }) });
export const putDesignation = defineRoute({ ...acting, path: '/complaints/:complaintId/designation', summary: '指定承办单位', permission: 'complaint.designate', body: z.object({ leadId: body('承办单位'), why: why('指定的依据（会议纪要、批示）') }) });
export const putContact = defineRoute({ ...acting, path: '/complaints/:complaintId/contact', summary: '登记首次联系', body: z.object({ note: why('联系情况') }) });
export const putIntervention = defineRoute({ ...acting, path: '/complaints/:complaintId/intervention', summary: '登记社区党组织介入', body: z.object({ note: why('介入情况（谁、做了什么）') }) });
export const putEmergency = defineRoute({ ...acting, path: '/complaints/:complaintId/emergency', summary: '登记应急处理', body: z.object({ emergencyTo: requiredText(100, '请填写已转交谁处理').meta({ title: '已转交谁处理' }), note: note('处理情况') }) });
export const putInformationRequest = defineRoute({ ...acting, path: '/complaints/:complaintId/information-request', summary: '请投诉人补充情况', body: z.object({ note: why('需要补充什么（一次说全，投诉人可以看到）') }) });
export const putInformation = defineRoute({ ...acting, path: '/complaints/:complaintId/information', summary: '登记收到的补充情况', body: z.object({ note: why('补充的情况') }) });
export const putExtension = defineRoute({ ...acting, path: '/complaints/:complaintId/extension', summary: '延长办理期限（只能一次）', body: z.object({ why: why('延期理由（投诉人可以看到）') }) });
export const putReply = defineRoute({ ...acting, path: '/complaints/:complaintId/answer', summary: '答复投诉件', body: z.object({ outcome, agreement: text(200).default('').meta({ title: '调解协议书（达成调解协议的填写）' }), reply: requiredText(5_000, '请填写答复内容').meta({ title: '答复内容（投诉人可以看到）' }) }) });
export const putClosure = defineRoute({ ...acting, path: '/complaints/:complaintId/closure', summary: '办结投诉件', body: z.object({ note: note('说明') }) });
export const putFollowUp = defineRoute({ ...acting, path: '/complaints/:complaintId/follow-up', summary: '登记回访', body: z.object({ satisfaction, why: text(500).default('').meta({ title: '原因（不满意的请填写）' }) }) });
export const putRecheck = defineRoute({ ...acting, path: '/complaints/:complaintId/recheck', summary: '登记复查', body: z.object({ result: recheckResult, note: note('复查情况（没有新的投诉且网格员确认的，写明由谁确认）') }) });
export const putReopening = defineRoute({ ...acting, path: '/complaints/:complaintId/reopening', summary: '重新办理', body: z.object({ newFact: why('新的事实') }) });
export const putWithdrawal = defineRoute({ ...acting, path: '/complaints/:complaintId/withdrawal', summary: '登记投诉人撤回', body: z.object({ why: why('撤回情况（怎样确认是本人意思）') }) });
export const putMerger = defineRoute({ ...acting, path: '/complaints/:complaintId/merger', summary: '并案', body: z.object({ intoNo: requiredText(40, '请填写编号').meta({ title: '并入哪一件（编号，如 投诉〔2026〕12号）' }), why: why('并案理由') }) });
export const putCorrection = defineRoute({ ...acting, path: '/complaints/:complaintId/correction', summary: '改正小区、类别', body: z.object({ estateId: id('Estate').meta({ title: '小区' }), spot: text(100).default('').meta({ title: '具体位置' }), category: categoryCode, why: why('改正理由') }) });
export const putNote = defineRoute({ ...acting, path: '/complaints/:complaintId/note', summary: '写办理记录', body: z.object({ note: why('办理记录'), isInternal: z.boolean().default(false).meta({ title: '只给办理单位看' }) }) });
export const putCompanyRequest = defineRoute({ ...acting, path: '/complaints/:complaintId/company-request', summary: '请企业处理', body: z.object({ note: why('请企业做什么（企业看得到内容和地点，看不到投诉人）') }) });
export const putFeedback = defineRoute({ ...acting, path: '/complaints/:complaintId/feedback', summary: '反馈处理情况', permission: 'complaint.feedback', body: z.object({ note: why('处理情况') }) });
/** 查看投诉人: recorded with its reason, for the body that handles it. */
export const revealComplainant = defineRoute({ method: 'POST', path: '/complaints/:complaintId/complainants/:complainantId/reveals', summary: '查看投诉人（留痕）', permission: 'complaint.reveal', params: one.extend({ complainantId: id('Complainant') }), body: revealBody.pick({ reason: true }).extend({ field: z.enum(['name', 'phone', 'mail', 'family']).meta({ title: '查看内容', 'x-labels': { name: '姓名', phone: '电话', mail: '电子邮箱', family: '家人的姓名' } }) }), response: Revealed, isToldOnce: true, problems: ['not-found', 'rule.violated'] });

const oneFile = one.extend({ fileNo: z.coerce.number().int().min(1).max(1_000) });
export const postComplaintFile = defineRoute({ method: 'POST', path: '/complaints/:complaintId/files', summary: '上传投诉件附件', permission: 'complaint.handle', kind: 'upload', params: one, response: Complaint, problems: ['not-found', 'rule.violated', 'input.invalid', 'input.too-large', 'access.denied'] });
export const downloadComplaintFile = defineRoute({ method: 'GET', path: '/complaints/:complaintId/files/:fileNo', summary: '下载投诉件附件', permission: 'complaint.handle', params: oneFile, response: download, kind: 'download', problems: ['not-found', 'file.not-found', 'rule.violated'] });
/** 卷宗: everything in one file, in order; one PDF of it. Who complained stands in neither. */
export const CaseFileEntry = z.object({
  kind: z.enum(['register', 'steps', 'dues', 'looks', 'paper', 'file']), title: z.string().meta({ title: '题名' }), by: z.string().meta({ title: '责任者' }), on: z.string().meta({ title: '日期' }), note: z.string().meta({ title: '备注' }), paperId: id('Paper').nullable(), fileNo: count.nullable(),
}).meta({ id: 'CaseFileEntry' });
export const getCaseFile = defineRoute({ method: 'GET', path: '/complaints/:complaintId/case-file', summary: '投诉件卷宗目录', permission: 'complaint.handle', params: one, response: z.object({ no: z.string(), entries: z.array(CaseFileEntry) }), problems: ['not-found'] });
export const downloadCaseFile = defineRoute({ method: 'GET', path: '/complaints/:complaintId/case-file/file', summary: '下载投诉件卷宗', permission: 'complaint.handle', params: one, response: download, kind: 'download', access: 'export', problems: ['not-found', 'state.conflict', 'rule.violated', 'file.not-found'] });
/** 转办函 for a body that does not sign in: drafted here, issued like any paper. */
export const postComplaintLetter = defineRoute({ method: 'POST', path: '/complaints/:complaintId/letters', summary: '拟投诉转办函', permission: 'complaint.handle', params: one, response: z.object({ paperId: id('Paper') }), problems: ['not-found', 'rule.violated', 'state.conflict', 'estate.not-found'] });

/** 责任清单的一行. `isDefault`: nobody in the county has confirmed it yet. */
export const ResponsibilityRow = z.object({
  category: categoryCode, group, leadId: id('OrgUnit').nullable(), lead: z.string().meta({ title: '主办' }), assisting: z.string().meta({ title: '协办' }), basis: z.string().meta({ title: '依据' }), pace, effectiveFrom: localDate.nullable().meta({ title: '起用日期' }), setBy: z.string().nullable().meta({ title: '登记人' }), isDefault: z.boolean().meta({ title: '平台默认' }),
}).meta({ id: 'ResponsibilityRow' });
export const listResponsibilities = defineRoute({ method: 'GET', path: '/complaint-responsibilities', summary: '投诉责任清单', permission: 'complaint.read', response: z.object({ rows: z.array(ResponsibilityRow) }) });
export const postResponsibility = defineRoute({
  method: 'POST', path: '/complaint-responsibilities', summary: '登记责任清单', permission: 'complaint.configure',
  body: z.object({ category: categoryCode, leadId: body('主办单位'), assisting: text(100).default('').meta({ title: '协办' }), basis: requiredText(200, '请填写依据').meta({ title: '依据（权责清单、赋权文件的名称和文号）' }), effectiveFrom: localDate.meta({ title: '起用日期' }) }),
  response: ResponsibilityRow, problems: ['input.invalid', 'state.duplicate'],
});
