import { personName } from '../made-up.ts';
import type { Places } from './places.ts';
import type { BodyRow, ContactRow, EstateRow, Making } from './rows.ts';

export interface Contacts { readonly contacts: readonly ContactRow[]; readonly estates: readonly EstateRow[] }

/** 演示通讯录: officers and a 24-hour number for every township, grid members for every neighbourhood with estates, the bureau and the departments. */
export function planContacts(making: Making, places: Places, estates: readonly EstateRow[]): Contacts {
  const offices = places.bodies.filter(({ kind }) => kind === 'bureau' || kind === 'department' || kind === 'party').flatMap((body) => officeContacts(making, body));
  const townships = places.townships.flatMap((body) => townshipContacts(making, body));
  const halls = places.bodies.filter(({ kind }) => kind === 'neighbourhood').flatMap((body) => hallContacts(making, body));
  const grids = Map.groupBy(halls.filter(({ kind }) => kind === 'grid-member'), ({ neighbourhoodId }) => neighbourhoodId);
  const { random } = making;
  return {
    contacts: [...offices, ...townships, ...halls],
    estates: estates.map((estate) => {
      const grid = grids.get(estate.neighbourhoodId ?? null) ?? [];
      return grid.length > 0 && random.chance(0.9) ? { ...estate, gridMember: random.pick(grid).name } : estate;
    }),
  };
}

type Draft = Pick<ContactRow, 'post' | 'kind'> & { readonly isAllHours?: boolean; readonly name?: string };

function contactsOf({ random, newId, newPhone }: Making, body: BodyRow, drafts: readonly Draft[]): ContactRow[] {
  return drafts.map(({ post, kind, isAllHours = false, name = personName(random) }, at) => ({
    id: newId(), countyId: body.countyId, townshipId: body.townshipId ?? null, neighbourhoodId: body.neighbourhoodId ?? null, estateId: null, companyId: null, orgUnitId: body.id,
    name, post, kind, phone: isAllHours || random.chance(0.96) ? newPhone() : null, isAllHours, sortNo: at + 1, isDemo: true,
  }));
}

function officeContacts(making: Making, body: BodyRow): ContactRow[] {
  const isBureau = body.kind === 'bureau';
  return contactsOf(making, body, isBureau
    ? [{ post: '分管副局长', kind: 'officer' }, { post: '物业管理科科长', kind: 'officer' }, { post: '物业管理科经办人', kind: 'officer' }, { post: '值班室（24小时）', kind: 'duty', isAllHours: true, name: '值班室' }]
    : [{ post: '联系科室负责人', kind: 'officer' }, { post: '经办人', kind: 'officer' }, ...(/公安|消防|执法/.test(body.name) ? [{ post: '值班室（24小时）', kind: 'duty' as const, isAllHours: true, name: '值班室' }] : [])]);
}

const townshipContacts = (making: Making, body: BodyRow) => contactsOf(making, body, [
  { post: '分管领导', kind: 'officer' }, { post: '物业管理经办人', kind: 'officer' }, { post: '综治办主任', kind: 'officer' }, { post: '值班室（24小时）', kind: 'duty', isAllHours: true, name: '值班室' },
]);

function hallContacts(making: Making, body: BodyRow): ContactRow[] {
  const grids = making.random.whole(1, 3);
  const word = body.subkind === '村' ? '村' : '社区';
  return contactsOf(making, body, [
    { post: `${word}党组织书记`, kind: 'officer' }, { post: `${word}物业联络员`, kind: 'officer' },
    ...Array.from({ length: grids }, (_, at) => ({ post: `第${['一', '二', '三'][at] ?? ''}网格网格员`, kind: 'grid-member' as const })),
  ]);
}
