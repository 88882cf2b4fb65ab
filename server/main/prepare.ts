import { ensureHolidays, firstAdministrator, firstCounty } from '#modules/administration/index.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { everything } from '#platform/access/scope.ts';
import { StartRefused } from '#platform/db/embedded.ts';
import { demoAccounts, loadDemo } from '#seeds/demo/load.ts';
import type { Running } from './boot.ts';

/** 首次数据: the demo county and its accounts in demo mode; in production one administrator with a one-time password. @returns what to tell the operator */
export async function prepare(running: Running, say: (line: string) => void): Promise<string> {
  await ensureHolidays(running.kit);
  if (running.kit.isDemo) return prepareDemo(running, say);
  await refuseDemoData(running);
  const countyId = await firstCounty(running.kit);
  const county = await running.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('code').where('id', '=', countyId).executeTakeFirstOrThrow());
  const made = await firstAdministrator(running.kit, countyId);
  return [
    made ? `已建立首个管理员（安全管理员）：账号 ${made.login}，一次性密码 ${made.password}，${dateText(todayIn(made.expiresAt))}前有效（只显示这一次，首次登录必须修改；过期或遗失时执行 npm run -s shanzhi -- user reset ${made.login}）。改密码后要启用动态口令；没有手机的，在办公电脑上装验证器，页面上有说明。` : '',
    county.code === null ? '还没有设置县，请另开一个窗口执行：npm run -s shanzhi -- county add <县代码> --divisions <文件>' : '',
  ].filter(Boolean).join('\n');
}

/** Accounts whose password everybody can read must not open a production server. @throws StartRefused */
async function refuseDemoData({ kit }: Running): Promise<void> {
  const demo = await kit.database.read(everything, (db) => db.selectFrom('platform.appUser').select('id').where('isDemo', '=', true).limit(1).executeTakeFirst());
  if (demo) throw new StartRefused('库里有演示账号（密码是公开的），不能按正式环境启动。正式使用请换一个空的数据文件夹（设置 SHANZHI_DATA）或空的数据库；要继续看演示，请去掉 NODE_ENV=production，已设 DATABASE_URL 时加上 SHANZHI_DEMO=1。');
}

async function prepareDemo(running: Running, say: (line: string) => void): Promise<string> {
  const counties = await running.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select('id').where('kind', '=', 'county').limit(1).execute());
  if (counties.length === 0) {
    say('数据库是空的，正在载入演示县（安和县，演示数据）……');
    const { seconds } = await loadDemo(running);
    say(`演示县已载入，用时 ${seconds} 秒。`);
  }
  const accounts = demoAccounts.map((each) => `  ${each.login.padEnd(12)} ${each.password}  ${each.title}`);
  return `演示账号（仅演示模式有）：\n${accounts.join('\n')}`;
}
