import { sql, type RawBuilder } from 'kysely';
import { hasPhone, isNamed, type Clue, type PersonalRecord } from '#platform/personal/person.ts';

/** Rows that may be this person's: by name, by number, by link. */
export const sameAs = (alias: string, { name, idIndex, phoneIndexes, subjects }: Clue): RawBuilder<boolean> =>
  sql<boolean>`(${isNamed(`${alias}.name`, { name })} or ${sql.ref(`${alias}.id_index`)} = ${idIndex} or ${hasPhone(alias, { phoneIndexes }, 'registry.ids_by_more_phones')} or ${sql.ref(`${alias}.id`)} = any(${uuids(subjects)}::uuid[]))`;

/** The uuids among ids. */
export const uuids = (ids: readonly string[]): string[] => ids.filter((id) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id));

/** 有内容的各项. */
export const valuesOf = (values: Readonly<Record<string, string | null>>): PersonalRecord['fields'] => Object.entries(values).flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]));
