import type { Permission } from '#contract/permissions.ts';
import { decide, type Violation } from '#domain/kernel/rule.ts';
import { byOwnBody } from '#domain/paper/issuer.ts';
import { cancelIssued, draftOnly, issueOnce } from '#domain/paper/lifecycle.ts';
import { actorMay, type Ctx } from '#platform/context.ts';
import { orRefuse } from '#platform/problem.ts';
import type { Issuer } from './issuer.ts';
import type { PaperRecord } from './store.ts';

type Ability = true | string;
type Facts = Pick<PaperRecord, 'status' | 'issuerId' | 'issuerName'>;
const holds = ({ actor }: Pick<Ctx, 'actor'>, permission: Permission): boolean => actorMay(actor, permission);

/** 某一办理所违反的规则: by whose body, and in which state. */
export const actRules = {
  edit: (paper: Facts, issuer: Issuer | null) => [...own(paper, issuer), ...draftOnly.check(paper)],
  issue: (paper: Facts, issuer: Issuer | null) => [...own(paper, issuer), ...issueOnce.check(paper)],
  discard: (paper: Facts, issuer: Issuer | null) => [...own(paper, issuer), ...draftOnly.check(paper)],
  cancel: (paper: Facts, issuer: Issuer | null) => [...own(paper, issuer), ...cancelIssued.check(paper)],
} as const satisfies Record<string, (paper: Facts, issuer: Issuer | null) => Violation[]>;
const own = ({ issuerId, issuerName }: Facts, issuer: Issuer | null) => byOwnBody.check({ isOwn: issuer?.id === issuerId, issuer: issuerName });

/** 能做什么: true, or the sentence that stands beside the button. */
export function paperCan(ctx: Pick<Ctx, 'actor'>, paper: Facts, issuer: Issuer | null): Record<keyof typeof actRules, Ability> {
  const may = (act: keyof typeof actRules, permission: Permission, who: string): Ability => (holds(ctx, permission) ? said(actRules[act](paper, issuer)) : who);
  return {
    edit: may('edit', 'paper.draft', '您的岗位不拟稿'), discard: may('discard', 'paper.draft', '您的岗位不拟稿'),
    issue: may('issue', 'paper.issue', '由本单位有签发权限的负责人签发'), cancel: may('cancel', 'paper.issue', '由本单位有签发权限的负责人作废'),
  };
}

const said = (violations: readonly Violation[]): Ability => (violations.length === 0 ? true : violations.map((each) => each.message).join('；'));

/** @throws Problem rule.violated with every rule the act breaks */
export const mustObey = (violations: readonly Violation[]): void => { orRefuse(decide(violations, null)); };
