import { signInWays } from '#contract/administration/sign-in.ts';
import { orgUnitKindLabels } from '#contract/administration/org-unit.ts';
import { batchStatusLabels, ledgerKindLabels } from '#contract/ledger.ts';
import { permissions, roles } from '#contract/permissions.ts';
import { companyStatusLabels, committeeStatusLabels, contactKindLabels, contractKindLabels, feeBasisLabels, managementKindLabels, ownerKindLabels, postLabels, usageLabels, memberPostLabels } from '#contract/registry/words.ts';
import { collectionStates } from '#domain/collection/standing.ts';
import { committeeKindLabels } from '#domain/committee/committee.ts';
import { causeLabels, statusLabels } from '#domain/handover/words.ts';
import { layoutLabels } from '#domain/paper/issuer.ts';
import { paperStatusLabels } from '#domain/paper/lifecycle.ts';
import { paperKindLabels } from '#domain/paper/template.ts';
import { publicationKindLabels } from '#domain/publication/kind.ts';
import { publicationStatusLabels } from '#domain/publication/lifecycle.ts';

type Words = Readonly<Record<string, string>>;
const roleWords: Words = Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title]));

/** Words of closed lists by field; where the same field means another list of another subject, by subject and field. */
const lists: Readonly<Record<string, Words>> = {
  way: signInWays, role: roleWords, permissions, managementKind: managementKindLabels, feeBasis: feeBasisLabels, usage: usageLabels, layout: layoutLabels, cause: causeLabels, paperKind: paperKindLabels,
  post: { ...postLabels, ...memberPostLabels },
  'Company.status': companyStatusLabels, 'Committee.status': committeeStatusLabels, 'Batch.status': batchStatusLabels, 'Paper.status': paperStatusLabels, 'Publication.status': publicationStatusLabels, 'HandOver.status': statusLabels, 'Collection.status': collectionStates,
  'Committee.kind': committeeKindLabels, 'Contract.kind': contractKindLabels, 'Contact.kind': contactKindLabels, 'Owner.kind': ownerKindLabels, 'Batch.kind': ledgerKindLabels, 'Paper.kind': paperKindLabels, 'Publication.kind': publicationKindLabels, 'OrgUnit.kind': orgUnitKindLabels,
};

/** 值的说法: a code of a closed list in its words; anything else as it stands. */
export function valueTitle(subjectKind: string, field: string, value: string): string {
  const words = lists[`${subjectKind}.${field}`] ?? lists[field];
  return words !== undefined && Object.hasOwn(words, value) ? words[value] ?? value : value;
}

/** 数的说法: what a field's suffix says of its unit, as an office writes it: cm² as ㎡, fen as 元, basis points as per cent. */
export function numberTitle(field: string, value: number): string {
  if (field.endsWith('Cm2')) return `${(value / 10_000).toFixed(2)} ㎡`;
  if (/Fen(?:Per|$)/.test(field)) return `${(value / 100).toFixed(2)} 元`;
  return field.endsWith('Bp') ? `${value / 100}%` : String(value);
}
