import { kindsFor, overdueKinds, publicationKindLabels, type PublicationKind } from '#domain/publication/kind.ts';
import { issuerOf, NO_ISSUER, type Issuer } from '#modules/paper/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';

/** 没有发布单位的原因. */
export const noIssuer = (ctx: Ctx): string => NO_ISSUER[ctx.scope.level] ?? '您的岗位没有可以发布的单位';

/** 这个单位能不能公开这种事项; the sentence says who does. */
export const kindTrouble = ({ level, name }: Issuer, kind: PublicationKind): string | null => (kindsFor(level).includes(kind) ? null : overdueKinds.some((each) => each === kind) ? `“${publicationKindLabels[kind]}”由县住建局公开` : `“${publicationKindLabels[kind]}”由住建部门、乡镇街道和社区公开；${name}可以公开自己的通知公告和文书`);

/** 发布单位 of the active post. @throws Problem access.denied when it has none */
export async function mustHaveIssuer(db: Db, ctx: Ctx): Promise<Issuer> {
  const issuer = await issuerOf(db, ctx);
  if (issuer === null) throw new Problem('access.denied', noIssuer(ctx));
  return issuer;
}
