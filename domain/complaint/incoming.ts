/** 来信的状态: what waits in the list, and what became of the rest. */
export const incomingStatusLabels = { waiting: '待登记', unreadable: '读不了，待核对', registered: '已登记', added: '已作为补充情况', aside: '不登记' } as const;
export type IncomingStatus = keyof typeof incomingStatusLabels;

/** 不登记的理由. */
export const asideReasons = { advert: '广告、推销', repeated: '重复来信', other: '不是投诉建议', 'by-hand': '读不了，已手工登记' } as const;
export type AsideReason = keyof typeof asideReasons;

/** 能做什么 with a letter: true, or why not. `isGone`: its content was erased when its days were over. */
export function incomingCan({ status, isGone }: { readonly status: IncomingStatus; readonly isGone: boolean }): Readonly<Record<'open' | 'setAside' | 'bringBack' | 'download', true | string>> {
  const isOver = status === 'registered' || status === 'added';
  const over = '这封信已经登记，请在投诉件里查看';
  const gone = '这封信的内容已到期删除';
  return {
    open: status === 'waiting' || (isOver ? over : status === 'aside' ? '这封信不登记，要登记的先移回来信待登记' : '这封信读不了，请下载原件打开核对，确有内容的手工登记'),
    setAside: status === 'waiting' || status === 'unreadable' || (isOver ? over : '这封信已经不登记'),
    bringBack: status === 'aside' ? !isGone || gone : isOver ? over : '这封信已经在来信待登记里',
    download: isOver ? over : !isGone || gone,
  };
}

const NUMBER = /[〔[(]\s{0,3}(\d{4})\s{0,3}[〕\])]\s{0,3}(\d{1,7})\s{0,3}号/u;
/** 主题里的投诉编号, as our receipts and answers write it; null where none stands. */
export function numberInSubject(subject: string): { readonly year: number; readonly serial: number } | null {
  const found = NUMBER.exec(subject.normalize('NFKC'));
  return found === null ? null : { year: Number(found[1]), serial: Number(found[2]) };
}

/** 邮箱（部分遮盖）: the first sign and the post office. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${[...address][0] ?? ''}***${address.slice(at)}`;
}
