import { apiKeyEnds } from '#domain/administration/api-key.ts';
import { grantBySomeoneElse, grantLevelFits, securityAdministratorRemains } from '#domain/administration/grants.ts';
import { passwordAcceptable } from '#domain/administration/password.ts';
import { administrationParameters } from '#domain/administration/policy.ts';
import { separationOfAdministrators } from '#domain/administration/separation.ts';
import { chaseOnceADay, groundStated, linkWithoutPersonal, periodFits } from '#domain/collection/rules.ts';
import { complaintParameters } from '#domain/complaint/policy.ts';
import { inTurn as complaintInTurn } from '#domain/complaint/lifecycle.ts';
import * as hotlineRules from '#domain/complaint/hotline/rules.ts';
import { categoryOffered, spanAllowed } from '#domain/complaint/open311.ts';
import * as complaintRules from '#domain/complaint/rules.ts';
import { formationSource } from '#domain/committee/formation.ts';
import { committeeParameters, formationCountedKinds, formationCountsExpired, formationRequiresFiling } from '#domain/committee/policy.ts';
import { cancelInTime, daysFit, incomingSigns, leaveUnderWay, objectionInTime, outgoingSigns, partiesApart, somethingToHandOver, standInApart, witnessSigns } from '#domain/handover/rules.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Rule, Source } from '#domain/kernel/rule.ts';
import { extensionAllowed, waiverAllowed } from '#domain/obligation/rules.ts';
import { clockSource } from '#domain/obligation/clock.ts';
import { privacyParameters } from '#domain/privacy/policy.ts';
import { erasureByTwo, erasureProposed, requestAnswered, requestIdentified } from '#domain/privacy/request-rules.ts';
import { flagDecidedByAnother, selfCheckComplete } from '#domain/privacy/rules.ts';
import { cellsFit } from '#domain/paper/body-text.ts';
import { cancelIssued, draftOnly, issueOnce } from '#domain/paper/lifecycle.ts';
import { byOwnBody, layoutFitsIssuer, layoutFitsTemplate } from '#domain/paper/issuer.ts';
import { codeAcceptable, codeNotBackdated, codeOnRecord, numberDatedForward } from '#domain/paper/number.ts';
import { noticePeriod } from '#domain/paper/period.ts';
import { noticeParameters } from '#domain/notice/policy.ts';
import * as ownerRules from '#domain/owner/binding.ts';
import { ownerParameters } from '#domain/owner/policy.ts';
import { paperParameters } from '#domain/paper/policy.ts';
import { replyAfterIssue } from '#domain/paper/reply.ts';
import { attachmentsLookedAt, checkComplete, checkPassed } from '#domain/publication/check.ts';
import { byOwnBody as publishedByOwnBody, byOwnBodyOrSuccessor, inTurn, issuerReviewedNothing, issuerWroteNothing, reviewerWroteNothing, reviewLeavesAnIssuer, sightingsHandled, subjectUnchanged } from '#domain/publication/lifecycle.ts';
import { oneSuperior, reportAsksNothing, signedAsTold, signersPerBody, signersTold, upwardByOrgan } from '#domain/paper/upward.ts';
import { periodComplete } from '#domain/publication/period.ts';
import { publicationParameters } from '#domain/publication/policy.ts';
import { cadenceNamesReceiver } from '#domain/report/rules.ts';
import { registryParameters } from '#domain/registry/policy.ts';
import { companyQuality } from '#domain/registry/quality/company.ts';
import { estateQuality } from '#domain/registry/quality/estate.ts';
import { committeeQuality, practitionerQuality } from '#domain/registry/quality/people.ts';
import { contractQuality } from '#domain/registry/quality/service-contract.ts';
import { unitQuality } from '#domain/registry/quality/units.ts';

/** 全部参数, by capability. */
export const allParameters: readonly Parameter<unknown>[] = [...registryParameters, ...committeeParameters, ...administrationParameters, ...privacyParameters, ...paperParameters, ...publicationParameters, ...noticeParameters, ...complaintParameters, ...ownerParameters];

/** 参数的选项, for parameters that choose among words. */
export const optionsOf = ({ options }: Parameter<unknown>): { value: string; label: string }[] => Object.entries(options ?? {}).map(([value, label]) => ({ value, label }));

/** 规则 as the rules page lists it. */
export interface RuleLine { readonly id: string; readonly title: string; readonly why: string | null; readonly source: readonly Source[]; /** Parameters it decides by. */ readonly uses: readonly Parameter<unknown>[] }

const titled = (title: string, { id, source, uses }: Pick<Rule<never>, 'id' | 'source' | 'uses'>): RuleLine => ({ id, title, why: null, source, uses });

/** 全部规则. */
export const allRules: readonly RuleLine[] = [
  { id: 'committee.formation', title: '业委会组建率：有业委会的小区 ÷ 已入住小区', why: null, source: formationSource, uses: [formationCountedKinds, formationCountsExpired, formationRequiresFiling] },
  ...[...estateQuality, ...companyQuality, ...practitionerQuality, ...contractQuality, ...unitQuality, ...committeeQuality].map(({ id, title, why, source, uses = [] }) => ({ id, title, why, source, uses })),
  { id: 'obligation.clock', title: '时限计算：当日不计，最后一日是休息日的顺延', why: null, source: clockSource, uses: [] }, titled('延期的条件：一次为限，由上级批准', extensionAllowed), titled('免除的条件：由上级决定', waiverAllowed),
  titled('三员分立：系统、安全、审计管理员不由一人兼任', separationOfAdministrators),
  titled('不能给自己授予岗位', grantBySomeoneElse),
  titled('角色与管辖层级一致', grantLevelFits),
  titled('至少保留一名安全管理员', securityAdministratorRemains),
  titled('密码可用', passwordAcceptable),
  titled('接口密钥有期限', apiKeyEnds),
  titled('批量查询由他人核实', flagDecidedByAnother), titled('个人信息请求的登记', requestIdentified), titled('提出删除', erasureProposed), titled('删除由两人办理', erasureByTwo), titled('个人信息请求的答复', requestAnswered),
  titled('合规自查逐项回答', selfCheckComplete),
  titled('移交人、接手人、监交人不是同一人', partiesApart),
  titled('交接日期合理，只有休假代管到期交还', daysFit),
  titled('有在任岗位才有交接', somethingToHandOver),
  titled('移交人签字', outgoingSigns),
  titled('接手人在移交人签字之后、移交当日起签收', incomingSigns),
  titled('监交人在双方之间签字', witnessSigns),
  titled('代签人是同一单位或县住建局的负责人，不是接手人或发起人', standInApart),
  titled('异议在签收之前提出', objectionInTime),
  titled('取消交接在双方签字之前', cancelInTime),
  titled('提前结束的是正在进行的代管', leaveUnderWay),
  titled('红头版式只由党政机关使用', layoutFitsIssuer),
  titled('版式与文种相称', layoutFitsTemplate),
  titled('机关代字的写法', codeAcceptable),
  titled('机关代字不改旧号', codeNotBackdated),
  titled('红头文书须先有机关代字', codeOnRecord),
  titled('文书由发文单位办理', byOwnBody),
  titled('上行文主送一个上级机关', oneSuperior), titled('上行文标注签发人', signersTold), titled('联合行文的每个机关有一名签发人', signersPerBody), titled('由文上标注的签发人签发', signedAsTold), titled('报告不夹带请示事项', reportAsksNothing), titled('请示、报告由党政机关制发', upwardByOrgan),
  titled('发文字号的日期不倒退', numberDatedForward),
  titled('只有拟稿可以修改', draftOnly),
  titled('先拟稿后签发，签发一次', issueOnce),
  titled('作废的前提是已签发', cancelIssued),
  titled('公示期起止合理', noticePeriod),
  titled('清单的行数和每格字数', cellsFit),
  titled('要求回复的日期在签发之后', replyAfterIssue),
  titled('向下采集须写明依据和下发单位', groundStated),
  titled('采集任务的期限合理', periodFits),
  titled('免登录的链接不收个人信息', linkWithoutPersonal),
  titled('催办每天至多一次', chaseOnceADay),
  titled('定期报送的表写明报送单位', cadenceNamesReceiver),
  titled('公开事项由发布机关办理', publishedByOwnBody),
  titled('公开事项由发布机关或者接替的单位撤回', byOwnBodyOrSuccessor),
  titled('拟稿、审核、签发依次办理', inTurn),
  titled('审核人不是拟稿人', reviewerWroteNothing),
  titled('签发人不是拟稿人', issuerWroteNothing),
  titled('签发人与审核人分开', issuerReviewedNothing),
  titled('审核时留有签发人', reviewLeavesAnIssuer),
  titled('公开属性与保密审查填写完整', checkComplete),
  titled('公开属性与保密审查通过', checkPassed),
  titled('扫描件、图片附件由审核人逐页看过', attachmentsLookedAt),
  titled('自动检查的发现已处理', sightingsHandled),
  titled('公开内容与来源一致', subjectUnchanged),
  titled('公示期填写完整', periodComplete),
  titled('只有12345工单这样办理', hotlineRules.ofHotline), titled('12345工单在期限内退单', hotlineRules.sendBackInTime), titled('12345工单的延期由热线批准', hotlineRules.extensionByHotline), titled('延期申请一次只有一份', hotlineRules.extensionPending), titled('延期批复以申请为前提', hotlineRules.extensionUnasked), titled('到期前申请延期', hotlineRules.notPastDue), titled('不重复回访', hotlineRules.noSecondCall),
  titled('绑定申请只核对一次', ownerRules.decidedOnce), titled('姓名只在核对时查看', ownerRules.comparedNow), titled('核对绑定要落到一套房屋', ownerRules.bindsAUnit), titled('可以随时解除绑定', ownerRules.endsWhatStands), titled('同意的是现在的文本', ownerRules.consentOfNow),
  titled('投诉件依次办理', complaintInTurn), titled('投诉件由承办单位办理', complaintRules.byHandler), titled('改正、记录由承办单位或者上级填写', complaintRules.byOverseer), titled('企业只反馈请其处理的投诉', complaintRules.forAssisting),
  titled('投诉件只转办一次', complaintRules.transferOnce), titled('转办给别的单位', complaintRules.transferNamesAnother), titled('承办单位由联席会议办公室指定', complaintRules.designatedByConference),
  titled('停水停电催费的投诉不以欠费为由拒绝受理', complaintRules.supplyNotRefused), titled('首次联系登记一次', complaintRules.contactOnce), titled('涉业委会投诉由社区党组织介入', complaintRules.interveneInTurn),
  titled('补充情况只请一次', complaintRules.informationOnce), titled('要求补正在期限内', complaintRules.mendInTime), titled('补充情况先请后收', complaintRules.waitingOnly), titled('等待补充时不答复', complaintRules.noReplyWhileWaiting), titled('投诉件延期一次', complaintRules.extendOnce), titled('建议提案不另行延期', complaintRules.proposalNotExtended), titled('外来件的登记', complaintRules.outsideComplete), titled('Open311 查询的时段', spanAllowed), titled('Open311 只办公开的类别', categoryOffered), titled('调解结案有协议', complaintRules.answerComplete),
  titled('有新的事实才重新办理', complaintRules.reopenOnNewFact), titled('重新办理在期限内', complaintRules.reopenInTime), titled('重新办理的次数', complaintRules.reopenAtMost), titled('并案的条件', complaintRules.mergeFits), titled('投诉人只给承办单位看', complaintRules.revealedToHandler),
];
