import type { Vault } from '#platform/crypto/vault.ts';
import { practitionerKey } from '#modules/registry/bulk/practitioners.ts';
import { ownerKey } from '#modules/registry/owner-key.ts';
import { sealId, sealPhone } from '#modules/registry/personal.ts';
import type { CopyRow } from './copy.ts';
import type { OwnerRow, PractitionerRow, UnitRow } from './plan/rows.ts';

/** 电话入库: the phone of a company, a contact or a member sealed, with the columns that table has. */
export function withPhone(vault: Vault, { phone, ...row }: { readonly phone: string | null }, { last4 }: { last4: boolean }): CopyRow {
  const { phoneLast4, ...sealed } = sealPhone(vault, phone);
  return { ...row, ...sealed, ...(last4 ? { phoneLast4 } : {}) };
}

/** 从业人员入库: numbers sealed, and the registry's own key. */
export function sealedPractitioner(vault: Vault, { idNumber, phone, ...row }: PractitionerRow): CopyRow {
  const sealed = { ...sealId(vault, idNumber), ...sealPhone(vault, phone) };
  return { ...row, ...sealed, matchKey: practitionerKey({ name: row.name, companyId: row.companyId ?? null, post: row.post, ...sealed }) };
}

/** 业主入库: numbers sealed, and the registry's own key; `unit` is the first one held. */
export function sealedOwner(vault: Vault, { idNumber, phone, ...row }: OwnerRow, unit: UnitRow): CopyRow {
  const sealed = { ...sealId(vault, idNumber), ...sealPhone(vault, phone) };
  return { ...row, ...sealed, matchKey: ownerKey({ name: row.name, kind: row.kind ?? 'person', ...sealed }, unit.matchKey) };
}

/** 投诉人入库: name and number sealed. */
export function sealedComplainant(vault: Vault, { name, phone, ...row }: CopyRow & { readonly name: string; readonly phone: string }): CopyRow {
  return { ...row, nameCipher: vault.seal(name), ...sealPhone(vault, phone) };
}
