import { recountComplaints } from '#modules/complaint/index.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

/** complaint recount */
export const complaintCommands: AddCommands = (program, config) => {
  program.command('complaint').description('投诉：recount 重算统计汇总')
    .command('recount').description('按全部投诉件重算统计汇总；汇总平时随每一步办理增减，重算只用于核对').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const found = await recountComplaints(kit);
      print(found, { json: options.json, words: () => (found.wrong === 0 ? '已重算，汇总与投诉件一致。' : `已重算，有 ${found.wrong} 行汇总与投诉件不一致，已经改正。`) });
    }));
};
