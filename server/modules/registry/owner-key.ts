import { isOrganisationName, normaliseName } from '#domain/kernel/chinese-text.ts';

export interface OwnerIdentity { readonly name: string; readonly kind: 'person' | 'organisation' | 'developer'; readonly idIndex: string | null; readonly phoneIndex: string | null }

/**
 * 业主比对键, within one estate: by number and name (one number under two names stays visible), else an organisation by its name,
 * else a person by name and phone. A bare name proves nothing: it is kept apart per unit.
 */
export function ownerKey({ name, kind, idIndex, phoneIndex }: OwnerIdentity, unitKey: string): string {
  const known = normaliseName(name);
  if (idIndex !== null) return `id:${idIndex}:${known}`;
  if (kind !== 'person') return `org:${known}`;
  return phoneIndex === null ? `name:${known}:${unitKey}` : `phone:${known}:${phoneIndex}`;
}

/** 业主类型(按名称). */
export function ownerKindOf(name: string, developer: string | null): OwnerIdentity['kind'] {
  if (developer !== null && normaliseName(name) === normaliseName(developer)) return 'developer';
  return isOrganisationName(name) ? 'organisation' : 'person';
}
