import { App, Button } from 'antd';
import { getHotlineOrder, HotlineOrder } from '#contract/hotline.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { copyText } from '#web/kit/share/copy.ts';
import type { ComplaintItem } from '../Acts.tsx';

/** 12345工单: what the hotline says of it, and the answer in the hotline's words, one click away from being pasted. */
export function HotlineSection({ item }: { item: ComplaintItem }) {
  return useMay()('complaint.handle') ? <Order item={item} /> : null;
}

function Order({ item }: { item: ComplaintItem }) {
  const order = useRoute(getHotlineOrder, { params: { complaintId: item.id } }).data?.order;
  const { message } = App.useApp();
  if (order === undefined || order === null) return null;
  const { wording } = order;
  const copy = async (text: string) => { if (await copyText(text)) message.success('已复制，可以粘贴到热线系统'); else message.warning('浏览器不让复制，请选中下面的文字自己复制'); };
  const filled = (['title', 'type', 'address', 'unit', 'urgency', 'status'] as const).filter((name) => order[name] !== '');
  const called = (['isContacted', 'resolved', 'satisfied', 'calledBackOn'] as const).filter((name) => order[name] !== null);
  return (
    <Section title="12345工单" note={<>工单编号 {order.orderNo}</>}>
      {wording !== null && <><div className="sz-actions no-print"><Button type="primary" onClick={() => void copy(wording)}>复制为热线口径</Button></div><p className="sz-complaint-body">{wording}</p></>}
      <Facts
        of={HotlineOrder} value={order} names={[...filled, 'dispatchedOn', 'returnWords', ...(order.sendBackWhy !== null ? ['sendBackWhy' as const] : item.status === 'received' || item.status === 'signed' ? ['sendBackUntilOn' as const] : []), ...(order.extension === null ? [] : ['extension' as const]), ...(order.redoCount > 0 ? ['redoCount' as const] : []), ...called]}
        more={[{ title: '工单期限', value: order.dueAt !== null ? <DateText value={order.dueAt} /> : order.dueOn !== null ? <DateText value={order.dueOn} /> : '工单没有写，按本县期限' }]}
      />
    </Section>
  );
}
