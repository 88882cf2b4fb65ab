import { sql, type Expression, type SqlBool } from 'kysely';
import { postLabels } from '#contract/registry/words.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { holds } from '../../access.ts';
import { unitTitle } from '../../names.ts';
import { maskedId, maskedPhone } from '../../personal.ts';
import { visibleOwners, visiblePractitioners } from '../../store/visible.ts';
import type { Hit } from './search.ts';
import type { NumberWanted, SearchQuery } from './search-query.ts';

/** Never a county's id. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** By blind index only: what is stored cannot be searched by part, and equality keeps its index under row-level security. */
function matches(vault: Vault, alias: 'p' | 'o', { phone, identity, last4 }: NumberWanted): Expression<SqlBool> {
  const is = (column: string, value: string) => sql<boolean>`${sql.ref(`${alias}.${column}`)} = ${value}`;
  const any = [
    ...(phone === null ? [] : [is('phoneIndex', vault.index('phone', phone))]),
    ...(identity === null ? [] : [is('idIndex', vault.index('id', identity))]),
    ...(last4 === null ? [] : [is('phoneLast4', vault.index('phone-last4', last4)), is('idLast4', vault.index('id-last4', last4))]),
  ];
  const further = [...(phone === null ? [] : [vault.index('phone', phone)]), ...(last4 === null ? [] : [vault.index('phone-last4', last4)])];
  // Of a field with several numbers: the function may use their index, the rows it names are looked up under the caller's scope.
  const more = further.length === 0 ? [] : [sql<boolean>`${sql.ref(`${alias}.id`)} = any(array(select registry.ids_by_more_phones(${further}::text[])))`];
  return sql<boolean>`(${sql.join([...any, ...more], sql` or `)})`;
}

/** 按号码找人员. */
export async function practitionersBy(db: Db, ctx: Ctx, { number }: SearchQuery, limit: number): Promise<Hit[]> {
  if (number === null) return [];
  const rows = await visiblePractitioners(db, ctx.scope).leftJoin('registry.company as k', 'k.id', 'p.companyId').select(['p.id', 'p.name', 'p.post', 'p.phoneCipher', 'k.name as company'])
    .where('p.archivedAt', 'is', null).where(matches(ctx.kit.vault, 'p', number)).orderBy('p.id', 'desc').limit(limit).execute();
  return rows.map((row) => ({ kind: 'practitioner', id: row.id, title: row.name, detail: [row.company, postLabels[row.post], maskedPhone(ctx.kit.vault, row.phoneCipher)].filter(Boolean).join(' ') }));
}

/** 按号码或全名找业主, for those who may see owners; numbers stay masked. */
export async function ownersBy(db: Db, ctx: Ctx, { number, name }: SearchQuery, limit: number): Promise<Hit[]> {
  if (!holds(ctx, 'registry.owner.read') || (number === null && name === null)) return [];
  const { vault } = ctx.kit;
  const { countyId } = ctx.scope;
  const rows = await visibleOwners(db, ctx.scope).innerJoin('registry.estate as s', 's.id', 'o.estateId')
    .leftJoinLateral((eb) => eb.selectFrom('registry.ownership as w').innerJoin('registry.unit as u', 'u.id', 'w.unitId').innerJoin('registry.building as b', 'b.id', 'u.buildingId')
      .select(['b.name as building', 'u.entrance', 'u.room']).whereRef('w.ownerId', '=', 'o.id').where('w.supersededAt', 'is', null).where('w.validTo', 'is', null).orderBy('u.matchKey').limit(1).as('home'), (join) => join.onTrue())
    .select(['o.id', 'o.name', 'o.phoneCipher', 'o.idCipher', 's.name as estate', 'home.building', 'home.entrance', 'home.room'])
    .where('o.archivedAt', 'is', null).where('o.erasedAt', 'is', null).where('s.archivedAt', 'is', null)
    .$if(number !== null, (query) => query.where(matches(vault, 'o', number ?? NOBODY)))
    .$if(number === null, (query) => query.where('o.name', '=', name ?? '').$if(countyId !== null, (own) => own.where('o.countyId', '=', makeId<'OrgUnit'>(countyId ?? NOWHERE))))
    .orderBy('o.id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    kind: 'owner', id: row.id, title: row.name,
    detail: [row.estate, row.building && unitTitle(row.building, row.entrance ?? '', row.room ?? ''), maskedPhone(vault, row.phoneCipher) ?? maskedId(vault, row.idCipher)].filter(Boolean).join(' '),
  }));
}

const NOBODY: NumberWanted = { phone: '', identity: null, last4: null };
