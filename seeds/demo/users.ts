import { roles, type Role } from '#contract/permissions.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { newId } from '#platform/ids.ts';
import { demoAccounts, type DemoLogin } from './accounts.ts';
import type { CopyRow } from './copy.ts';
import { personName } from './made-up.ts';
import type { DemoPlan } from './plan.ts';
import type { EstateRow } from './plan/rows.ts';
import { DEMO_SEED } from './plan.ts';
import { seededRandom } from './random.ts';

/** A post of a demo account: its role, the body it sits in, and what it looks after (the role's level). */
interface Post { readonly role: Role; readonly orgUnitId: Id<'OrgUnit'> | null; readonly scopeId: string; readonly title: string }

export interface DemoUsers { readonly users: readonly CopyRow[]; readonly grants: readonly CopyRow[] }

/** 演示账号的岗位: who works where; one person holds two posts. */
export async function demoUsers(plan: DemoPlan, today: LocalDate): Promise<DemoUsers> {
  const posts = postsOf(plan);
  const random = seededRandom(`${DEMO_SEED}/users`);
  // The demo's password is public, and every account has it: made once, because making it is slow on purpose.
  const hashes = new Map<string, Promise<string>>();
  const made = await Promise.all(demoAccounts.map(async ({ login, password, role, title }) => {
    const hash = hashes.get(password) ?? hashPassword(password);
    hashes.set(password, hash);
    const id = newId<'AppUser'>();
    const user = { id, countyId: plan.places.countyId, login, name: personName(random), passwordHash: await hash, isDemo: true };
    const grants = posts[login](role).map((post) => ({ id: newId<'UserGrant'>(), userId: id, countyId: plan.places.countyId, role: post.role, orgUnitId: post.orgUnitId, level: roles[post.role].level, scopeId: post.scopeId, title: post.title || title, startedOn: addMonths(today, -11) }));
    return { user, grants };
  }));
  return { users: made.map(({ user }) => user), grants: made.flatMap(({ grants }) => grants) };
}

function postsOf(plan: DemoPlan): Record<DemoLogin, (role: Role) => Post[]> {
  const { places, companies } = plan;
  const county = (body: string, title: string) => (role: Role): Post[] => [{ role, orgUnitId: places.bodyNamed(body).id, scopeId: places.countyId, title }];
  const area = (name: string, title: string) => (role: Role): Post[] => { const body = places.bodyNamed(name); return [{ role, orgUnitId: body.id, scopeId: body.id, title }]; };
  const first = busiest(plan, '文澜街道');
  const [companyA, companyB] = [first.companyId, plan.estates.find(({ companyId }) => companyId !== null && companyId !== first.companyId)?.companyId];
  const companyName = (id: string | null | undefined) => companies.find((company) => company.id === id)?.name ?? '';
  const company = (id: string | null | undefined, title: string) => (role: Role): Post[] => [{ role, orgUnitId: null, scopeId: String(id), title: `${companyName(id)}${title}` }];
  const estate = (title: string) => (role: Role): Post[] => [{ role, orgUnitId: null, scopeId: first.id, title: `${first.name}${title}` }];
  const hall = hallOf(plan, '文澜街道');
  const secondHall = hallOf(plan, '宁川街道');
  return {
    clerk: county('安和县住房和城乡建设局', '物业管理科经办人'), kezhang: county('安和县住房和城乡建设局', '物业管理科科长'), leader: county('安和县住房和城乡建设局', '分管副局长'), chengguan: county('安和县综合行政执法局', '物业领域执法经办人'),
    lianxi: county('安和县人民政府办公室', '联席会议办公室经办人'),
    wenlan: area('文澜街道', '物业管理经办人'), qingtang: area('清棠镇', '物业管理经办人'), shequ: area(hall, '物业联络员'),
    company1: company(companyA, '负责人'), company2: company(companyB, '负责人'), staff: company(companyA, '经办人'),
    manager: estate('项目经理'), weiyuan: estate('业委会委员'), yezhu: estate('业主'),
    sysadmin: county('安和县数据管理局', '系统管理员'), secadmin: county('安和县数据管理局', '安全管理员'), auditadmin: county('安和县数据管理局', '审计管理员'),
    jianzhi: (role) => [...area('宁川街道', '物业管理经办人（兼）')(role), ...area(secondHall, '社区党组织副书记（兼）')('neighbourhood-officer')],
  };
}

/** 演示账号所在的小区: an estate with a company, a committee and, where there is one, a list of units: its people have something to look at. */
export function busiest({ estates, places, committees, stocks }: DemoPlan, township: string): EstateRow {
  const townshipId = places.bodyNamed(township).id;
  const withCommittee = new Set(committees.filter(({ status }) => status === 'established').map(({ estateId }) => estateId));
  const withUnits = new Set(stocks.map(({ estate }) => estate.id));
  const fit = estates.filter(({ companyId, id }) => companyId !== null && withCommittee.has(id));
  const found = fit.find(({ id, townshipId: of }) => of === townshipId && withUnits.has(id)) ?? fit.find(({ id }) => withUnits.has(id)) ?? fit[0];
  if (!found) throw new RangeError('the demo county has no estate with a company and a committee');
  return found;
}

/** 演示账号所在的社区: the neighbourhood of a township with the most estates. */
export function hallOf({ estates, places }: DemoPlan, township: string): string {
  const townshipId = places.bodyNamed(township).id;
  const counts = places.neighbourhoodsOf(townshipId).map((body) => ({ name: body.name, count: estates.filter(({ neighbourhoodId }) => neighbourhoodId === body.id).length }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).name;
}
