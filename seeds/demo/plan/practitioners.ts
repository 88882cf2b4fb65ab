import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { dayBetween, personName } from '../made-up.ts';
import type { CompanyRow, EstateRow, Making, PractitionerRow } from './rows.ts';

const COUNT = 450;
type Post = PractitionerRow['post'];
const others: Readonly<Partial<Record<Post, number>>> = { order: 34, cleaning: 24, engineering: 16, greening: 8, 'customer-service': 14, finance: 6, other: 3 };

/** 演示从业人员: a head for each company, a manager for about every 1.2 estates, others by post; about 450. */
export function planPractitioners(making: Making, companies: readonly CompanyRow[], estates: readonly EstateRow[]): PractitionerRow[] {
  const { random } = making;
  const active = companies.filter(({ status }) => status === 'active');
  const heads = active.map((company) => person(making, company, 'head', company.legalPerson ?? undefined));
  const served = Map.groupBy(estates.filter(({ companyId }) => companyId !== null), ({ companyId }) => companyId);
  const managers = active.flatMap((company) => Array.from({ length: Math.ceil((served.get(company.id)?.length ?? 0) / 1.2) }, () => person(making, company, 'estate-manager')));
  const weights = Object.fromEntries(active.map(({ id }) => [id, 1 + (served.get(id)?.length ?? 0)]));
  const byId = new Map(active.map((company) => [String(company.id), company]));
  const rest = Array.from({ length: COUNT - heads.length - managers.length }, () => {
    const company = byId.get(random.weighted(weights));
    return company ? [person(making, company, postOf(random.weighted(Object.fromEntries(Object.entries(others)))))] : [];
  }).flat();
  return withGaps(making, [...heads, ...managers, ...rest]);
}

function postOf(text: string): Post {
  const known: readonly Post[] = ['order', 'cleaning', 'engineering', 'greening', 'customer-service', 'finance'];
  return known.find((post) => post === text) ?? 'other';
}

function person({ random, newId, newIdentity, newPhone, today }: Making, company: CompanyRow, post: Post, name = personName(random)): PractitionerRow {
  const hiredOn = dayBetween(random, localDate('2012-01-01'), addDays(today, -60));
  return {
    id: newId(), countyId: company.countyId, companyId: company.id, name, post, idNumber: newIdentity(), phone: newPhone(),
    hiredOn, leftOn: null, isDemo: true,
    certificate: post === 'estate-manager' && random.chance(0.7) ? '物业管理项目经理岗位培训合格' : post === 'order' && random.chance(0.5) ? '保安员证' : null,
  };
}

/** Some without a number or a phone, two with a wrong check digit, a few who left, three of no company. */
function withGaps({ random, today }: Making, people: readonly PractitionerRow[]): PractitionerRow[] {
  const order = random.shuffled(people.map((_, at) => at));
  const wrong = new Set(order.slice(0, 2));
  const loose = new Set(order.filter((at) => people[at]?.post === 'other' || people[at]?.post === 'cleaning').slice(0, 3));
  return people.map((person, at) => ({
    ...person,
    idNumber: wrong.has(at) ? wrongCheck(person.idNumber ?? '') : random.chance(0.06) ? null : person.idNumber,
    phone: !wrong.has(at) && random.chance(0.04) ? null : person.phone,
    companyId: loose.has(at) ? null : person.companyId ?? null,
    leftOn: person.post !== 'head' && person.post !== 'estate-manager' && random.chance(0.05) ? addMonths(today, -random.whole(1, 20)) : null,
  })).map((person) => ({ ...person, hiredOn: person.leftOn !== null && person.hiredOn !== null && person.hiredOn !== undefined && person.hiredOn > person.leftOn ? null : person.hiredOn ?? null }));
}

const wrongCheck = (number: string) => number.slice(0, 17) + (number.endsWith('1') ? '2' : '1');
