import { complaintNo } from '#domain/complaint/number.ts';
import { recountComplaints, unusedNumbers } from '#modules/complaint/index.ts';
import { print, withKit, type AddCommands } from './with-kit.ts';

/** complaint recount, complaint unused-numbers */
export const complaintCommands: AddCommands = (program, config) => {
  const complaint = program.command('complaint').description('投诉：recount 重算统计汇总，unused-numbers 列出未使用的编号');
  complaint.command('recount').description('按全部投诉件重算统计汇总；汇总平时随每一步办理增减，重算只用于核对').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const found = await recountComplaints(kit);
      print(found, { json: options.json, words: () => (found.wrong === 0 ? '已重算，汇总与投诉件一致。' : `已重算，有 ${found.wrong} 行汇总与投诉件不一致，已经改正。`) });
    }));
  complaint.command('unused-numbers').description('列出已取号而没有投诉件的编号及其取号日期；登记没有办成的，编号不再使用').option('--json', '输出 JSON')
    .action((options: { json?: boolean }) => withKit(config(), async ({ kit }) => {
      const found = await unusedNumbers(kit);
      print(found, { json: options.json, words: () => (found.length === 0 ? '每个已取的编号都有投诉件。' : [`有 ${found.length} 个已取的编号没有投诉件：`, ...found.map(({ year, serial, allottedOn }) => `${complaintNo(year, serial)}　${allottedOn === null ? '取号日期没有记录' : `${allottedOn}取号`}`)].join('\n')) });
    }));
};
