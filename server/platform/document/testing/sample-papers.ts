import { localDate } from '#domain/kernel/brand.ts';
import type { PaperDocument } from '#domain/paper/document.ts';
import type { PaperHead } from '#domain/paper/template.ts';
import { handOverListV1 } from '#domain/paper/templates/hand-over-list.ts';
import { noticeV1 } from '#domain/paper/templates/notice.ts';
import { publicNoticeV1 } from '#domain/paper/templates/public-notice.ts';
import { reportV1, requestV1 } from '#domain/paper/templates/upward.ts';
import { transferLetterV1 } from '#domain/paper/templates/transfer-letter.ts';

const on = localDate('2026-11-23');
const head = (layout: PaperHead['layout'], number: string, issuer = '安和县住房和城乡建设局'): PaperHead => ({ layout, issuer, number, on });
const issued = (paper: ReturnType<typeof noticeV1.bind>): PaperDocument => ({ ...paper, isDraft: false, verification: { url: 'http://127.0.0.1:8080/verify/ABCDEFGHJKMNPQRSTVWX', code: 'ABCDE-FGHJK-MNPQR-STVWX', check: '3F2A91BC' } });

/** A line of Chinese characters without marks, so that every full line holds as many as it can. */
const plainText = (chars: number): string => Array.from({ length: chars }, (_, at) => '住宅小区消防安全管理工作'.charAt(at % 12)).join('');

/** 各文种的样件. */
export const samplePapers = {
  letter: issued(transferLetterV1.bind({
    addressee: '安和县城市管理局', estateName: '锦绣花园', place: '文澜街道文昌社区', subject: '违法搭建问题', matter: '1.该小区3幢顶楼搭建阳光房约20平方米，遮挡消防通道。\n2.物业服务企业已劝阻、制止并书面报告。',
    request: '请依法核实处理', replyBy: localDate('2026-12-07'), contactName: '王敏', contactPhone: '0793-1234567', attachments: '现场照片\n物业服务企业劝阻记录和书面报告复印件', copies: '文澜街道办事处，文昌社区居民委员会',
  }, head('letter', '安建函〔2026〕3号'))),
  notice: issued(noticeV1.bind({
    subject: '做好2026年冬季住宅小区消防安全隐患排查整治和电动自行车停放充电管理工作', addressee: '各乡镇人民政府、街道办事处，各物业服务企业',
    body: `现将有关事项通知如下：\n一、总体要求\n${plainText(1400)}\n（一）提高认识。${plainText(300)}\n1.第一项\n（1）第一小项`, contactName: '王敏', contactPhone: '0793-1234567', attachments: '隐患排查表', copies: '县应急管理局，县消防救援大队，县城市管理局，县公安局，县市场监督管理局，县民政局',
  }, head('document', '安建〔2026〕12号'))),
  handOver: issued(handOverListV1.bind({
    fromName: '王敏', toName: '李强', supervisorName: '周正', post: '物业科经办人', reason: '岗位调整', on, grants: '住建局经办人\t安和县\t2025年12月23日',
    duties: Array.from({ length: 34 }, (_, at) => `锦绣花园第${at + 1}次隐患整改复查及材料归档\t2026年12月${at % 28 + 1}日\t等待回复`).join('\n'), files: '业委会备案卷宗\t12卷\t三楼档案室', remark: '',
  }, head('plain', '编号：2026-1'))),
  request: issued(requestV1.bind({
    subject: '解决老旧住宅小区消防设施改造资金', addressee: '安和县人民政府', coIssuers: '安和县财政局', signers: '李建国\n王敏', body: `为做好老旧住宅小区消防设施改造，现将有关事项请示如下：\n一、基本情况\n${plainText(300)}\n二、请示事项\n${plainText(200)}`,
    contactName: '周正', contactPhone: '0793-1234567', attachments: '改造项目清单\n资金测算表', copies: '县应急管理局，县消防救援大队',
  }, head('document', '安建〔2026〕8号'))),
  report: issued(reportV1.bind({
    subject: '2026年物业管理工作情况', addressee: '安和县人民政府', coIssuers: '', signers: '李建国', body: `现将有关情况报告如下：\n一、主要做法\n${plainText(260)}`, contactName: '周正', contactPhone: '0793-1234567', attachments: '', copies: '',
  }, head('document', '安建〔2026〕9号'))),
  publicNotice: issued(publicNoticeV1.bind({
    estateName: '锦绣花园', subject: '业主委员会换届候选人名单', matter: '经征求意见，拟定候选人名单如下：\n张三、李四、王五、赵六、钱七。', from: localDate('2026-11-24'), to: localDate('2026-11-30'),
    channel: '书面送交文昌社区居委会，或拨打下列电话', contactName: '陈主任', contactPhone: '0793-7654321', attachments: '',
  }, head('plain', '编号：2026-1', '锦绣花园业主委员会'))),
} as const;
