import { roles } from '#contract/permissions.ts';
import { dateText, todayIn } from '#domain/kernel/local-date.ts';
import { addUser, inviteByCommand, inviteByMail, resetByLink, resetByMail, resetUser, totpOff, type Made, type MadeLink, type MailedLink } from '#modules/administration/index.ts';
import { countyOf } from './county.ts';
import { print, UsageRefused, withKit, type AddCommands } from './with-kit.ts';

/** The last day on which a one-time password or a link is good. */
const until = ({ expiresAt }: Made | MadeLink | MailedLink): string => dateText(todayIn(expiresAt));

/** What an operator is told of a link. */
const linkWords = (made: MadeLink, what: string): string => `${what}（${until(made)}前有效，只能用一次，只显示这一次，请交给本人）：\n${made.link}`;

/** The same of one that goes by mail: it is sent by the jobs of the service, and nobody here sees it. */
const mailWords = (made: MailedLink, what: string): string => `${what}已交给邮件，寄往 ${made.to}，${until(made)}前有效，只能用一次。服务运行时一两分钟内寄出；寄没寄到，安全管理员在“账号链接”页看得到。`;

function refuseBoth({ link, mail }: { link?: boolean; mail?: string | boolean }): void {
  if (link === true && mail !== undefined) throw new UsageRefused('--link 和 --mail 只写一个：--link 把链接打印在这里，--mail 把链接寄到本人邮箱。');
}

/** user add · user reset · user totp-off */
export const userCommands: AddCommands = (program, config) => {
  const user = program.command('user').description('用户：add 建立，reset 重置密码，totp-off 移除动态口令（不需要邮件服务器，有的可以用 --mail 寄链接）');
  user.command('add <login>').description('建立用户，打印一次性密码或邀请链接')
    .requiredOption('--county <code>', '县代码').requiredOption('--name <name>', '姓名').requiredOption('--role <role>', `岗位，是下列之一：${Object.entries(roles).map(([role, { title }]) => `${role}（${title}）`).join('、')}`)
    .option('--body <name>', '所在机构或管辖的乡镇、社区、企业名称').option('--title <text>', '职务').option('--link', '不发一次性密码，发邀请链接').option('--mail <address>', '把邀请链接寄到这个邮箱，不打印（本县须已启用邮件）').option('--json', '输出 JSON')
    .action((login: string, options: { county: string; name: string; role: string; body?: string; title?: string; link?: boolean; mail?: string; json?: boolean }) => withKit(config(), async ({ kit }) => {
      refuseBoth(options);
      const county = await countyOf(kit, options.county);
      const draft = { login, name: options.name, role: options.role, countyId: county.id, ...(options.body === undefined ? {} : { body: options.body }), ...(options.title === undefined ? {} : { title: options.title }) };
      if (options.link === true) {
        const handed = await inviteByCommand(kit, draft);
        return print(handed, { json: options.json, words: () => linkWords(handed, `已建立用户 ${handed.login}，邀请链接`) });
      }
      if (options.mail !== undefined) {
        const sent = await inviteByMail(kit, draft, options.mail);
        return print(sent, { json: options.json, words: () => mailWords(sent, `已建立用户 ${sent.login}，邀请链接`) });
      }
      const made = await addUser(kit, draft);
      print(made, { json: options.json, words: () => `已建立用户 ${made.login}，一次性密码 ${made.password}，${until(made)}前有效（只显示这一次，首次登录必须修改）。` });
    }));
  user.command('reset <login>').description('重置密码，打印一次性密码，并退出其全部登录').option('--link', '不发一次性密码，发重设密码链接；用之前原密码仍有效').option('--mail [address]', '把重设密码链接寄到这个邮箱，不打印；不写地址的，寄到本人自己登记的邮箱').option('--json', '输出 JSON')
    .action((login: string, options: { link?: boolean; mail?: string | true; json?: boolean }) => withKit(config(), async ({ kit }) => {
      refuseBoth(options);
      if (options.link === true) {
        const handed = await resetByLink(kit, login);
        return print(handed, { json: options.json, words: () => linkWords(handed, `${handed.login} 的重设密码链接`) });
      }
      if (options.mail !== undefined) {
        const sent = await resetByMail(kit, login, options.mail === true ? null : options.mail);
        return print(sent, { json: options.json, words: () => mailWords(sent, `${sent.login} 的重设密码链接`) });
      }
      const made = await resetUser(kit, login);
      print(made, { json: options.json, words: () => `已重置 ${made.login} 的密码：${made.password}，${until(made)}前有效（只显示这一次，首次登录必须修改）。` });
    }));
  user.command('totp-off <login>').description('移除动态口令和恢复码（手机丢了），并退出其全部登录').option('--json', '输出 JSON')
    .action((login: string, options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const off = await totpOff(kit, login);
      print(off, { json: options.json, words: () => `已移除 ${off.login} 的动态口令，其全部登录已退出；岗位要求使用的，下次登录时须重新启用。` });
    }));
};
