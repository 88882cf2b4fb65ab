import type { ActName } from '#domain/complaint/lifecycle.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { notify, settle } from '#platform/notices/notify.ts';
import { noOf } from './present.ts';
import type { ComplaintRecord } from './store.ts';

type Handing = 'receive' | ActName;
const about = (row: ComplaintRecord) => ({ subject: ['Complaint', row.id] as const, path: `/complaints/${row.id}` });

/** 通知该办的单位: whoever has it now when it came or was handed on; the conference's office of an objection; a company of a request; the handler of an answer by the company. No text and no person stands in it. */
export async function tellOf(tx: Tx, ctx: Pick<Ctx, 'actor'>, before: ComplaintRecord | null, after: ComplaintRecord, act: Handing): Promise<void> {
  const what = `投诉件${noOf(after)}`;
  const isHandedOn = before === null || before.handlerId !== after.handlerId;
  if (before !== null && (isHandedOn || act === 'sign' || act === 'accept' || act === 'refuse')) await settle(tx, { kind: 'complaint.waiting', subject: ['Complaint', after.id] });
  if (isHandedOn || act === 'reopen' || act === 'redo') await notify(tx, { kind: 'complaint.waiting', to: [{ orgUnitId: after.handlerId, permission: 'complaint.handle' }], except: ctx.actor.userId, text: `${what}${act === 'reopen' ? '重新办理' : act === 'redo' ? '由热线退回重办' : act === 'receive' ? '等待签收' : '已转到本单位办理'}。`, ...about(after) });
  if (act === 'object') await notify(tx, { kind: 'complaint.objected', to: [{ orgUnitId: after.countyId, permission: 'complaint.designate' }], except: ctx.actor.userId, text: `${what}的承办单位提出异议，请指定承办单位。`, ...about(after) });
  if (act === 'designate') await settle(tx, { kind: 'complaint.objected', subject: ['Complaint', after.id] });
  if (act === 'ask' && after.companyId !== null) await notify(tx, { kind: 'complaint.asked', to: [{ orgUnitId: after.companyId, permission: 'complaint.feedback' }], except: ctx.actor.userId, text: `请处理${what}并反馈情况。`, ...about(after) });
  if (act === 'feedback') await settle(tx, { kind: 'complaint.asked', subject: ['Complaint', after.id] });
}
