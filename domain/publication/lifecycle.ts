import { decide, defineRule, houseConvention, documentRegulation, openInformation, personalInformationLaw, type Decision, type Rule, type Violation } from '#domain/kernel/rule.ts';
import { attachmentsLookedAt, checkComplete, checkPassed, type OpenCheck } from './check.ts';
import { issuerApart } from './policy.ts';

/** 公开事项状态 in words. */
export const publicationStatusLabels = { draft: '拟稿', reviewing: '待审核', returned: '已退回', signing: '待签发', published: '已发布', withdrawn: '已撤回', expired: '已到期', discarded: '已弃稿' } as const;
export type PublicationStatus = keyof typeof publicationStatusLabels;

/** 办理的事实: the item as it stands, and who acts. */
export interface ActFacts {
  readonly status: PublicationStatus;
  readonly isOwn: boolean;
  /** For whom the actor's body stands in: the committee after a re-election for the one before, a body above for one that is no more. */
  readonly standsIn: 'successor' | 'above' | null;
  readonly issuer: string;
  readonly actorId: string | null;
  /** Whoever wrote any of it. */
  readonly writerIds: readonly string[];
  readonly reviewerId: string | null;
  /** The parameter 签发人与审核人须为不同的人. */
  readonly mustBeApart: boolean;
  /** How many others of the body, who wrote none of it and are not the actor, could review; could issue. */
  readonly others: { readonly reviewers: number; readonly issuers: number };
  readonly actorMayIssue: boolean;
  /** The check that counts: the one given with a review, the one on record for an issue; null when it was of another content. */
  readonly check: OpenCheck | null;
  /** Sightings that must be mended, and those that wait for an answer. */
  readonly sightings: { readonly toMend: number; readonly toAnswer: number; /** Attachments that no program could read. */ readonly unread: number };
  /** Whether what it was drawn from still reads the same. */
  readonly isCurrent: boolean;
}

/** 由本单位办理: an item is handled by the body that publishes it. */
export const byOwnBody = defineRule<ActFacts>({
  id: 'publication.by-own-body', source: openInformation('第十条'),
  broken: ({ isOwn, standsIn, issuer }) => [!isOwn && (standsIn === 'successor' ? `这是换届前的${issuer}拟的稿件，换届后不再办理；还要公开的，请以现在的业主委员会名义另拟，这一件请弃稿` : `这是${issuer}的公开事项，由该单位办理`)],
});

/** 由本单位或接替的单位撤回: what a body published can be taken back after it is no more: by the committee elected after it, or by a body above it. */
export const byOwnBodyOrSuccessor = defineRule<ActFacts>({
  id: 'publication.by-own-body-or-successor', source: [openInformation('第十条'), houseConvention('公开发布')],
  broken: ({ isOwn, standsIn, issuer }) => [!isOwn && standsIn === null && `这是${issuer}的公开事项，由该单位办理`],
});

/** 审核人不是拟稿人: nobody reviews what he or she wrote. */
export const reviewerWroteNothing = defineRule<ActFacts>({
  id: 'publication.reviewer-wrote-nothing', source: [openInformation('第十七条'), houseConvention('公开发布')],
  broken: ({ actorId, writerIds }) => [(actorId === null || writerIds.includes(actorId)) && '您是拟稿人，不能审核自己拟的稿件，请本单位其他人审核；没有其他人的，请安全管理员增加岗位'],
});

/** 签发人不是拟稿人. */
export const issuerWroteNothing = defineRule<ActFacts>({
  id: 'publication.issuer-wrote-nothing', source: [openInformation('第十七条'), documentRegulation('第二十二条'), houseConvention('公开发布')],
  broken: ({ actorId, writerIds }) => [(actorId === null || writerIds.includes(actorId)) && '您是拟稿人，不能签发自己拟的稿件，请本单位其他负责人签发'],
});

/** 签发人不是审核人, where the body has somebody else. */
export const issuerReviewedNothing = defineRule<ActFacts>({
  id: 'publication.issuer-reviewed-nothing', source: houseConvention('公开发布'), uses: [issuerApart],
  broken: ({ mustBeApart, actorId, reviewerId, others }) => [mustBeApart && actorId === reviewerId && others.reviewers + others.issuers > 0 && '您已审核这件，本单位还有其他人可以办理，审核和签发应由两个人；请其他负责人签发，或退回后由别人审核'],
});

/** 审核时留有签发人: the only one who can issue does not use up the review where somebody else can do it. */
export const reviewLeavesAnIssuer = defineRule<ActFacts>({
  id: 'publication.review-leaves-an-issuer', source: houseConvention('公开发布'),
  broken: ({ mustBeApart, actorMayIssue, others }) => [mustBeApart && actorMayIssue && others.issuers === 0 && others.reviewers > 0 && '您是本单位唯一可以签发这件的人，审核请交给其他人，由您签发'],
});

/** 自动检查的发现已处理: what was found is mended or answered, one by one. */
export const sightingsHandled = defineRule<ActFacts>({
  id: 'publication.sightings-handled', source: [openInformation('第十五条'), personalInformationLaw('第二十五条'), personalInformationLaw('第二十八条')],
  broken: ({ sightings }) => [
    sightings.toMend > 0 && `自动检查发现${sightings.toMend}项身份证号码或密级标志，不能公开，请修改后再办理`,
    sightings.toAnswer > 0 && `自动检查发现的问题还有${sightings.toAnswer}项没有处理，请修改，或逐项说明可以公开的理由`,
  ],
});

/** 与来源一致: what it was drawn from has not changed since. */
export const subjectUnchanged = defineRule<ActFacts>({
  id: 'publication.subject-unchanged', source: houseConvention('公开发布'),
  broken: ({ isCurrent }) => [!isCurrent && '来源的内容已变化，请重新拟稿（在“修改”中保存一次，即按现在的内容带出）'],
});

interface Act { readonly title: string; readonly permission: 'publication.draft' | 'publication.review' | 'publication.issue' | 'publication.withdraw' | 'system'; readonly from: readonly PublicationStatus[]; readonly to: PublicationStatus | null; readonly rules: readonly Rule<ActFacts>[] }

/** 办理流程: the whole life of an item, in one table. `to` is null where the state stays. Nothing else leads to 已发布. */
export const acts = {
  edit: { title: '修改', permission: 'publication.draft', from: ['draft', 'returned'], to: null, rules: [byOwnBody] },
  submit: { title: '送审', permission: 'publication.draft', from: ['draft', 'returned'], to: 'reviewing', rules: [byOwnBody, sightingsHandled, subjectUnchanged] },
  discard: { title: '弃稿', permission: 'publication.draft', from: ['draft', 'returned'], to: 'discarded', rules: [byOwnBodyOrSuccessor] },
  approve: { title: '审核通过', permission: 'publication.review', from: ['reviewing'], to: 'signing', rules: [byOwnBody, reviewerWroteNothing, reviewLeavesAnIssuer, checkComplete, checkPassed, attachmentsLookedAt, sightingsHandled, subjectUnchanged] },
  sendBack: { title: '审核退回', permission: 'publication.review', from: ['reviewing'], to: 'returned', rules: [byOwnBody] },
  issue: { title: '签发', permission: 'publication.issue', from: ['signing'], to: 'published', rules: [byOwnBody, issuerWroteNothing, issuerReviewedNothing, checkPassed, attachmentsLookedAt, sightingsHandled, subjectUnchanged] },
  refuse: { title: '签发退回', permission: 'publication.issue', from: ['signing'], to: 'returned', rules: [byOwnBody] },
  withdraw: { title: '撤回', permission: 'publication.withdraw', from: ['published'], to: 'withdrawn', rules: [byOwnBodyOrSuccessor] },
  expire: { title: '到期撤下', permission: 'system', from: ['published'], to: 'expired', rules: [] },
} as const satisfies Record<string, Act>;
export type ActName = keyof typeof acts;
export const actNames: readonly ActName[] = ['edit', 'submit', 'discard', 'approve', 'sendBack', 'issue', 'refuse', 'withdraw', 'expire'];

/** 依次办理: each act from its own states only. */
export const inTurn = defineRule<{ readonly act: ActName; readonly status: PublicationStatus }>({
  id: 'publication.in-turn', source: [openInformation('第十七条'), documentRegulation('第二十二条'), houseConvention('公开发布')],
  broken: ({ act, status }) => {
    const from: readonly PublicationStatus[] = acts[act].from;
    return [!from.includes(status) && `这件现在是“${publicationStatusLabels[status]}”，不能${acts[act].title}；${acts[act].title}的前提是“${from.map((each) => publicationStatusLabels[each]).join('”或“')}”`];
  },
});

/** 不能办理的原因: every rule the act would break. */
export function refusalsOf(act: ActName, facts: ActFacts): Violation[] {
  const turn = inTurn.check({ act, status: facts.status });
  return turn.length > 0 ? turn : acts[act].rules.flatMap((rule: Rule<ActFacts>) => rule.check(facts));
}

/** 办理: the state that follows, or every rule that refuses. */
export const decideAct = (act: ActName, facts: ActFacts): Decision<PublicationStatus> => decide(refusalsOf(act, facts), acts[act].to ?? facts.status);
