import type { CellContent, RecipientKind, RowUnit } from '#domain/collection/column.ts';
import { mergePart } from '#domain/collection/merge.ts';
import { NOTHING_SAID, summaryOf } from '#domain/collection/summary.ts';
import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { sealValues } from '#modules/collection/store/answers.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { newId } from '#platform/ids.ts';
import type { CopyRow } from '../copy.ts';
import type { DemoPlan } from '../plan.ts';

interface Person { readonly id: string; readonly name: string }
/** Who of the demo county sends tasks down, and when; `companyIds` have an account and are asked for certain. */
export interface Sending { readonly clerk: Person; readonly street: Person; readonly companyIds: readonly string[]; readonly vault: Vault; readonly today: LocalDate; readonly now: Instant }
interface Line { readonly id: string; readonly title: string; readonly held: Readonly<Record<string, CellContent>> }
/** One recipient; `said` is what it handed in, null while it has not. */
interface Recipient { readonly id: string; readonly name: string; readonly place: { readonly townshipId: string | null; readonly neighbourhoodId: string | null; readonly companyId: string | null }; readonly lines: readonly Line[]; readonly said: ((line: Line, at: number) => Readonly<Record<string, CellContent>>) | null }
interface Task { readonly title: string; readonly ground: string; readonly issuer: string; readonly townshipId: string | null; readonly by: Person; readonly recipientKind: RecipientKind; readonly rowUnit: RowUnit; readonly columns: readonly ReturnType<typeof column>[]; readonly recipients: readonly Recipient[] }
type Rows = { readonly tasks: CopyRow[]; readonly parts: CopyRow[]; readonly answers: CopyRow[] };

const column = (key: string, title: string, kind: 'whole' | 'flag', field: string | null, help: string | null = null) => ({ key, title, kind, isRequired: false, choices: [], field, help });
const nowhere = { townshipId: null, neighbourhoodId: null, companyId: null };
const given = (value: number | null | undefined, key: string): Record<string, CellContent> => (value === null || value === undefined ? {} : { [key]: value });

/** 演示的采集任务: the bureau asks its townships and some companies, a street its communities; a few have answered. */
export function planCollections(plan: DemoPlan, sending: Sending): Rows {
  const { places, estates, companies } = plan;
  const bureau = `${places.bodies.find(({ id }) => id === places.countyId)?.name ?? ''}住房和城乡建设局`;
  const linesOf = (of: (estate: DemoPlan['estates'][number]) => boolean, held: (estate: DemoPlan['estates'][number]) => Record<string, CellContent>) => estates.filter(of).map((estate) => ({ id: String(estate.id), title: estate.name, held: held(estate) }));
  const street = places.bodyNamed('文澜街道');
  const clear = (line: Line, at: number) => ({ ...line.held, ...(at === 1 && typeof line.held['c1'] === 'number' ? { c1: line.held['c1'] + 2 } : {}), c3: at % 7 !== 3 });
  // The accounts of the demo still have theirs to fill in.
  const answered = new Set(places.townships.filter(({ name }) => !['文澜街道', '清棠镇', '宁川街道'].includes(name)).slice(0, 4).map(({ id }) => id));
  const serving = companies.filter(({ id }) => estates.some(({ companyId }) => companyId === id));
  const own = serving.filter(({ id }) => sending.companyIds.includes(String(id)));
  const asked = [...own, ...serving.filter((company) => !own.includes(company)).slice(0, 16)];
  const made = [
    taskRows(plan, sending, {
      title: '冬季消防车通道和充电设施排查', ground: '县住建局关于冬季安全检查的通知', issuer: bureau, townshipId: null, by: sending.clerk, recipientKind: 'township', rowUnit: 'estate',
      columns: [column('c1', '总户数', 'whole', 'totalUnits'), column('c2', '充电设施数', 'whole', 'chargingCount'), column('c3', '消防车通道是否畅通', 'flag', null, '有固定障碍物的填“否”')],
      recipients: places.townships.map(({ id, name }) => ({ id: String(id), name, place: { ...nowhere, townshipId: String(id) }, lines: linesOf(({ townshipId }) => townshipId === id, (estate) => ({ ...given(estate.totalUnits, 'c1'), ...given(estate.chargingCount, 'c2') })), said: answered.has(id) ? clear : null })),
    }),
    taskRows(plan, sending, {
      title: '物业服务企业从业人数核对', ground: '县物业服务企业信用信息管理规定', issuer: bureau, townshipId: null, by: sending.clerk, recipientKind: 'company', rowUnit: 'recipient',
      columns: [column('c1', '从业人数（自报）', 'whole', 'claimedStaff'), column('c2', '今冬值班电工人数', 'whole', null)],
      recipients: asked.map((company, at) => ({ id: String(company.id), name: company.name, place: { ...nowhere, companyId: String(company.id) }, lines: [{ id: String(company.id), title: company.name, held: given(company.claimedStaff, 'c1') }], said: at >= own.length && at % 3 === 0 ? (line: Line) => ({ c1: line.held['c1'] ?? 12, c2: 1 + (at % 3) }) : null })),
    }),
    taskRows(plan, sending, {
      title: '小区电梯数核对', ground: '街道电梯安全排查工作安排', issuer: `${street.name}办事处`, townshipId: String(street.id), by: sending.street, recipientKind: 'neighbourhood', rowUnit: 'estate', columns: [column('c1', '电梯数', 'whole', 'liftCount')],
      recipients: places.neighbourhoodsOf(street.id).map(({ id, name }) => ({ id: String(id), name, place: { ...nowhere, townshipId: String(street.id), neighbourhoodId: String(id) }, lines: linesOf(({ neighbourhoodId }) => neighbourhoodId === id, (estate) => given(estate.liftCount, 'c1')), said: null })).filter(({ lines }) => lines.length > 0),
    }),
  ];
  return { tasks: made.flatMap(({ tasks }) => tasks), parts: made.flatMap(({ parts }) => parts), answers: made.flatMap(({ answers }) => answers) };
}

function taskRows({ places }: DemoPlan, { vault, today, now }: Sending, { title, ground, issuer, townshipId, by, recipientKind, rowUnit, columns, recipients }: Task): Rows {
  const id = newId<'Collection'>();
  const issuedAt = `${addDays(today, -2)}T01:30:00.000Z`;
  const parts = recipients.map(({ id: recipientId, name, place, lines, said }) => {
    const partId = newId<'Part'>();
    const scope = { countyId: places.countyId, ...place, ...(townshipId === null ? {} : { townshipId }) };
    const held = Object.fromEntries(lines.map((line) => [line.id, line.held]));
    const values = said === null ? null : Object.fromEntries(lines.map((line, at) => [line.id, said(line, at)]));
    const summary = values === null ? NOTHING_SAID : summaryOf(columns, mergePart({ rows: lines, columns, held, choosings: {}, answers: [{ id: 'a', at: now, values }] }));
    const at = `${addDays(today, -1)}T02:00:00.000Z`;
    return {
      part: {
        id: partId, ...scope, collectionId: id, recipientId, recipientName: name, rows: JSON.stringify(lines.map((line) => ({ id: line.id, title: line.title, sinceOn: addDays(today, -40) }))), heldCipher: sealValues(vault, held), status: values === null ? 'waiting' : 'answered', answeredAt: values === null ? null : at,
        choosings: '{}', summary: JSON.stringify(summary), createdAt: issuedAt, updatedAt: values === null ? issuedAt : at,
      },
      answers: values === null ? [] : [{ id: newId<'Answer'>(), ...scope, partId, source: 'online', status: 'handed-in', valuesCipher: sealValues(vault, values), byName: `${name}经办人`, handedInAt: at, createdAt: at, updatedAt: at }],
    };
  });
  const task = {
    id, countyId: places.countyId, townshipId, title, ground, issuerName: issuer, dueOn: addDays(today, 5), endsOn: addDays(today, 12), recipientKind, recipientIds: JSON.stringify(recipients.map((one) => one.id)), rowUnit, columns: JSON.stringify(columns), isByLink: true, status: 'issued',
    issuedAt, createdBy: by.id, createdByName: by.name, createdAt: issuedAt, updatedAt: issuedAt, version: 2,
  };
  return { tasks: [task], parts: parts.map(({ part }) => part), answers: parts.flatMap(({ answers }) => answers) };
}
