import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { paragraphsOf, rowsOf } from '../body-text.ts';
import { textOf } from '../document.ts';
import { publicNoticeV1 } from './public-notice.ts';
import { transferLetterV1 } from './transfer-letter.ts';
import { handOverListV1 } from './hand-over-list.ts';
import { reportV1, requestV1 } from './upward.ts';
import { noticeV1 } from './notice.ts';

const on = localDate('2026-11-23');
const head = (layout: 'letter' | 'document' | 'plain', number: string) => ({ layout, issuer: '安和县住房和城乡建设局', number, on });
const finished = { isDraft: false, verification: null };

test('请示、报告 version 1 name their signers and the bodies that issue them together, and close as their kind does', () => {
  const data = { subject: '解决改造资金', addressee: '安和县人民政府', coIssuers: '安和县财政局', signers: '李建国、王敏', body: '现请示如下：\n一、基本情况', contactName: '', contactPhone: '', attachments: '', copies: '' };
  expect(textOf({ ...requestV1.bind(data, head('document', '安建〔2026〕8号')), ...finished })).toBe(`安和县住房和城乡建设局文件
安建〔2026〕8号
签发人：李建国　王敏
安和县住房和城乡建设局　安和县财政局关于解决改造资金的请示
安和县人民政府：
现请示如下：
一、基本情况
妥否，请批示。
（盖章处）
（盖章处）
安和县住房和城乡建设局
安和县财政局
2026年11月23日
安和县住房和城乡建设局　2026年11月23日印发`);
  const report = reportV1.bind({ ...data, coIssuers: '', signers: '李建国', body: '现报告如下。\n特此报告。' }, head('document', '安建〔2026〕9号'));
  expect(report.blocks.filter((block) => block.kind === 'paragraph' && block.text === '特此报告。')).toHaveLength(1);
  expect([requestV1.layouts, reportV1.layouts]).toEqual([['document'], ['document']]);
});

// A version that has issued papers reads the same for ever: when one of these fails, the change belongs into the next version.
test('转办函 version 1 reads as it did when its first paper was issued', () => {
  const paper = transferLetterV1.bind({ addressee: '安和县城市管理局', estateName: '锦绣花园', place: '文澜街道', subject: '违法搭建问题', matter: '3幢顶楼搭建。', request: '', replyBy: localDate('2026-12-07'), contactName: '王敏', contactPhone: '0793-1234567', attachments: '现场照片', copies: '文澜街道办事处' }, head('letter', '安建函〔2026〕3号'));
  expect(textOf({ ...paper, ...finished })).toBe(`安和县住房和城乡建设局
安建函〔2026〕3号
安和县住房和城乡建设局关于转办锦绣花园违法搭建问题的函
安和县城市管理局：
我单位接到反映，文澜街道锦绣花园存在违法搭建问题。按照职责分工，现转请你单位依法办理，有关情况如下：
一、反映的情况
3幢顶楼搭建。
二、办理要求
请于2026年12月7日前将办理结果书面函复我单位。不属于你单位职责的，请在三个工作日内退回并说明理由。
专此函达。
附件：现场照片
（盖章处）
安和县住房和城乡建设局
2026年11月23日
（联系人：王敏，电话：0793-1234567）
抄送：文澜街道办事处。`);
});

test('公示 version 1 tells the period with both its days and has no red head', () => {
  const paper = publicNoticeV1.bind({ estateName: '锦绣花园', subject: '候选人名单', matter: '名单如下。', from: localDate('2026-11-24'), to: localDate('2026-11-30'), channel: '向文昌社区居委会反映', contactName: '', contactPhone: '', attachments: '' }, head('plain', '编号：2026-1'));
  expect(textOf({ ...paper, ...finished })).toContain('公示期：2026年11月24日至2026年11月30日（共7日）。');
  expect([paper.mark, paper.printed, paper.note]).toEqual([null, null, null]);
});

test('移交清单 version 1 has three places to sign, and says 无 where nothing is handed over', () => {
  const paper = handOverListV1.bind({ fromName: '王敏', toName: '李强', supervisorName: '周正', post: '经办人', reason: '岗位调整', on, grants: '经办人\t安和县\t2025年1月1日', duties: '', files: '卷宗｜12卷', remark: '' }, head('plain', '编号：2026-1'));
  expect(paper.blocks.at(-1)).toEqual({ kind: 'sign-places', places: ['移交人', '接收人', '监交人'] });
  expect(paper.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))).toEqual([['1', '经办人', '安和县', '2025年1月1日'], ['1', '卷宗', '12卷', '']]);
  expect(textOf({ ...paper, ...finished })).toContain('二、待办事项\n无。');
});

test('a list of more than 500 rows, or a cell of more than 200 characters, is refused by name', () => {
  const list = { fromName: '王', toName: '李', supervisorName: '', post: '', reason: '', on, grants: '', duties: '', files: '', remark: '' };
  expect(handOverListV1.check({ ...list, duties: '事'.repeat(200) }, null)).toEqual([]);
  expect(handOverListV1.check({ ...list, duties: `短\n${'事'.repeat(201)}` }, null)[0]?.message).toContain('待办事项第2行');
  expect(handOverListV1.check({ ...list, files: '卷\n'.repeat(501) }, null)[0]?.message).toContain('有501行');
});

test('通知 version 1: the imprint of a red-headed paper names the printing body; a letter has none; a draft has no day', () => {
  const data = { subject: '开会', addressee: '', body: '开会。', contactName: '', contactPhone: '', attachments: '甲\n乙', copies: '' };
  expect(noticeV1.bind(data, head('document', '安建〔2026〕1号')).printed).toEqual({ by: '安和县住房和城乡建设局', on });
  expect(noticeV1.bind(data, head('letter', '安建〔2026〕1号')).printed).toBeNull();
  const draft = noticeV1.bind(data, { ...head('document', '安建〔2026〕　号'), on: null });
  expect(textOf({ ...draft, ...finished })).toContain('附件：1.甲\n　　　2.乙');
  expect([draft.printed, draft.date, draft.addressee]).toEqual([null, null, null]);
});

test('the mark a paragraph begins with gives its level; blank lines and indents of the pasted text go', () => {
  expect(paragraphsOf('一、总则\n\n　　（一）要求。细则\n1.第一\n(1)小项\n正文 一、').map((block) => (block.kind === 'paragraph' ? [block.level, block.text] : []))).toEqual([[1, '一、总则'], [2, '（一）要求。细则'], [3, '1.第一'], [4, '（1）小项'], [0, '正文 一、']]);
  expect(rowsOf('甲\t乙\t丙\t丁\n戊｜己', 3)).toEqual([['甲', '乙', '丙 丁'], ['戊', '己', '']]);
});
