import { roles } from '#contract/permissions.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { addUser, resetUser, type Made } from '#modules/administration/index.ts';
import { countyOf } from './county.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

/** The last whole day on which a one-time password is good. */
const until = ({ expiresAt }: Made): string => dateText(todayIn(expiresAt));

/** user add · user reset */
export const userCommands: AddCommands = (program, config) => {
  const user = program.command('user').description('用户：add 建立，reset 重置密码（不需要邮件服务器）');
  user.command('add <login>').description('建立用户，打印一次性密码')
    .requiredOption('--county <code>', '县代码').requiredOption('--name <name>', '姓名').requiredOption('--role <role>', `岗位，是下列之一：${Object.entries(roles).map(([role, { title }]) => `${role}（${title}）`).join('、')}`)
    .option('--body <name>', '所在机构或管辖的乡镇、社区、企业名称').option('--title <text>', '职务').option('--json', '输出 JSON')
    .action((login: string, options: { county: string; name: string; role: string; body?: string; title?: string; json?: boolean }) => withKit(config(), async ({ kit }) => {
      const county = await countyOf(kit, options.county);
      const made = await addUser(kit, { login, name: options.name, role: options.role, countyId: county.id, ...(options.body === undefined ? {} : { body: options.body }), ...(options.title === undefined ? {} : { title: options.title }) });
      print(made, { json: options.json, words: () => `已建立用户 ${made.login}，一次性密码 ${made.password}，${until(made)}前有效（只显示这一次，首次登录必须修改）。` });
    }));
  user.command('reset <login>').description('重置密码，打印一次性密码，并退出其全部登录').option('--json', '输出 JSON')
    .action((login: string, options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const made = await resetUser(kit, login);
      print(made, { json: options.json, words: () => `已重置 ${made.login} 的密码：${made.password}，${until(made)}前有效（只显示这一次，首次登录必须修改）。` });
    }));
};
