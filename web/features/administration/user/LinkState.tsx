import type { Answer } from '#contract/define-route.ts';
import type { getUser } from '#contract/administration/user.ts';
import { linkPurposes } from '#contract/link.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';

/** 链接的状态: handed out and waiting, or past its time. */
export function LinkState({ link: { purpose, validUntil } }: { link: NonNullable<Answer<typeof getUser>['link']> }) {
  if (validUntil <= new Date().toISOString()) return <StatusTag tone="bad">{linkPurposes[purpose]}链接已过期，请重发</StatusTag>;
  return <><StatusTag tone="warn">{linkPurposes[purpose]}链接等本人打开</StatusTag> <span className="sz-muted">{instantWords(validUntil)}前有效</span></>;
}
