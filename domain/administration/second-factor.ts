import { administratorLabels } from './separation.ts';

/** 可要求动态口令的岗位, as the parameter offers them: whoever manages the system or may see whole personal data, and heads of companies. */
export const secondFactorRoleLabels = {
  ...administratorLabels,
  'bureau-leader': '住建局领导',
  'bureau-clerk': '住建局经办人',
  'township-officer': '乡镇街道经办人',
  'neighbourhood-officer': '社区经办人',
  'company-head': '企业负责人',
} as const;

/** What decides whether a post demands a one-time code. `demanded` are the roles in force that day, by whoever set them. */
export interface SecondFactorFacts {
  readonly role: string | null;
  readonly demanded: readonly string[];
  readonly origin: 'default' | 'county';
  readonly isDemo: boolean;
}

/** 该岗位要求动态口令. Accounts of a demo are left alone until the county itself says which roles need one: their password is on the sign-in page anyway. */
export function demandsTotp({ role, demanded, origin, isDemo }: SecondFactorFacts): boolean {
  return role !== null && demanded.includes(role) && !(isDemo && origin === 'default');
}
