import { Checkbox } from 'antd';
import { allNoticeKinds, noticeKinds, type NoticeKind } from '#contract/notice.ts';

const optionOf = (kind: NoticeKind) => ({ value: kind, label: noticeKinds[kind].urgency === 'urgent' ? `${noticeKinds[kind].title}（紧急）` : noticeKinds[kind].title });

/** 通知种类(多选). Urgent ones pass 免打扰; `offered` are all there are when left out. */
export function KindList({ title, offered = allNoticeKinds, value, onChange }: { title: string; offered?: readonly NoticeKind[]; value: readonly NoticeKind[]; onChange: (kinds: NoticeKind[]) => void }) {
  return (
    <fieldset className="sz-fieldset sz-field-wide">
      <legend>{title}</legend>
      <Checkbox.Group className="sz-check-list" value={[...value]} onChange={onChange} options={offered.map(optionOf)} />
    </fieldset>
  );
}
