import type { PaperBlock } from '#domain/paper/document.ts';
import { dutyStateLabels } from '#domain/obligation/log.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import type { BundlePart } from '#platform/document/bundle/bundle.ts';
import { moment, registerFacts, type CaseFile, type CaseFileEntry } from './case-file.ts';

const said = (text: string, level: 0 | 1 = 0): PaperBlock => ({ kind: 'paragraph', level, text });

/** 卷内由平台生成的各份, as pages are set from. */
export function caseFileParts(caseFile: CaseFile): BundlePart[] {
  const blocks: Partial<Record<CaseFileEntry['kind'], () => PaperBlock[]>> = { register: () => registered(caseFile), steps: () => steps(caseFile), dues: () => dues(caseFile), looks: () => looks(caseFile) };
  return caseFile.entries.flatMap(({ kind, title, by, on }) => {
    const set = blocks[kind];
    return set === undefined ? [] : [{ title, by, on, blocks: set() }];
  });
}

function registered({ item }: CaseFile): PaperBlock[] {
  return [
    { kind: 'table', columns: [{ title: '项目', share: 1 }, { title: '内容', share: 3 }], rows: registerFacts(item) },
    said('反映的情况', 1), said(item.body), ...(item.reply === null ? [] : [said('答复', 1), said(item.reply)]),
    said('在谁手上', 1), ...item.hands.map((hand) => said(`${hand.handler}：${dateText(hand.fromOn)}${hand.untilOn === null ? '起' : `至${dateText(hand.untilOn)}`}，${hand.days}天。`)),
    said('投诉人的姓名、电话不编入卷宗，需要时由承办单位在系统中按程序查看。'),
  ];
}

const steps = ({ item }: CaseFile): PaperBlock[] => item.steps.flatMap((step, at) => [said(`${at + 1}. ${moment(step.at)}　${step.title}　${step.body}　${step.by}${step.isOffline ? '（线下补录）' : ''}${step.isInternal ? '（内部）' : ''}`, 1), ...(step.note === '' ? [] : [said(step.note)])]);

const dues = (caseFile: CaseFile): PaperBlock[] => (caseFile.dues.length === 0 ? [said('没有时限。')] : caseFile.dues.flatMap((due, at) => [
  said(`${at + 1}. ${due.title}（${due.holderName}）：${due.dueOn === null ? '期限待定' : dateText(due.dueOn)}，${dutyStateLabels[due.state]}${due.endedOn === null ? '' : `（${dateText(due.endedOn)}${due.isLate ? '，逾期' : ''}）`}`, 1), ...due.lines.map((line) => said(line)),
]));

const looks = (caseFile: CaseFile): PaperBlock[] => (caseFile.looks.length === 0 ? [said('没有人查看过投诉人的姓名、电话。')] : [{ kind: 'table', columns: [{ title: '时间', share: 2 }, { title: '查看人', share: 2 }, { title: '原因', share: 4 }], rows: caseFile.looks.map((look) => [moment(look.at), look.byName, look.reason]) }]);
