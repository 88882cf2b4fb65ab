import type { Input, Output } from '#contract/define-route.ts';
import type { getComplaint as oneRoute, postComplaint } from '#contract/complaint.ts';
import { obligation } from '#modules/obligation/index.ts';
import type { Module } from '#platform/module.ts';
import { complaint } from '../index.ts';
import { closeComplaint, replyToComplaint } from '../use-cases/end.ts';
import { assignComplaint, transferComplaint } from '../use-cases/hand-on.ts';
import { getComplaint } from '../use-cases/look.ts';
import { registerComplaint } from '../use-cases/receive.ts';
import { acceptComplaint } from '../use-cases/take-up.ts';
import { hall, type Person } from './hall.ts';

export type { Person } from './hall.ts';
export type Opened = Output<typeof oneRoute>;
export type Draft = Input<typeof postComplaint>['body'];

/** 测试用的办理台: the hall with the acts that nearly every test takes. */
export type Desk = Awaited<ReturnType<typeof desk>>;

const nobody = { params: {}, query: {}, body: {} };
/** 空的输入, and one that names a file. */
export const given = { nobody, at: (item: Pick<Opened, 'id'>) => ({ ...nobody, params: { complaintId: item.id } }) };
const { at } = given;

export const tokenOf = (slip: { receiptPath: string | null }) => (slip.receiptPath ?? '').split('#')[1] ?? '';

/** 开一个办理台. */
export async function desk(more: readonly Module[] = []) {
  const world = await hall([complaint, obligation, ...more]);
  const draft = (changed: Partial<Draft> = {}): Draft => ({
    origin: 'counter', originNo: '', originDueOn: null, receivedOn: '2026-11-20' as never, estateId: world.estateId, spot: '3幢2单元', category: 'F04', body: '楼道里有人飞线给电动车充电，夜里冒烟', ownerCount: 1, isEmergency: false, emergencyTo: '', isAnonymous: false, isForFamily: false, name: '秦来访', phone: '13900007777', mail: '', letter: null, ...changed,
  });
  const register = (changed: Partial<Draft> = {}, by: Person = 'community') => registerComplaint(world.who(by), { ...nobody, body: draft(changed) });
  const look = (id: Opened['id'], by: Person = 'community') => getComplaint(world.who(by), { ...nobody, params: { complaintId: id } });
  const accept = (item: Opened, by: Person = 'community') => acceptComplaint(world.who(by, item.version), { ...at(item), body: { pace: 'ordinary', note: '' } });
  const assign = (item: Opened, leadId: Opened['suggested']['leadId'], by: Person = 'community') => assignComplaint(world.who(by, item.version), { ...at(item), body: { leadId: leadId ?? world.fire, assistingId: null, why: '请依法办理' } });
  const transfer = (item: Opened, leadId: NonNullable<Opened['suggested']['leadId']>, by: Person) => transferComplaint(world.who(by, item.version), { ...at(item), body: { leadId, why: '不属于本单位职责' } });
  const reply = (item: Opened, by: Person, changed: object = {}) => replyToComplaint(world.who(by, item.version), { ...at(item), body: { outcome: 'resolved', agreement: '', reply: '已拆除飞线并教育当事人', ...changed } });
  const close = (item: Opened, by: Person) => closeComplaint(world.who(by, item.version), { ...at(item), body: { note: '' } });
  const registered = async (changed: Partial<Draft> = {}, by: Person = 'community') => look((await register(changed, by)).id, by);
  return { ...world, world, register, registered, look, accept, assign, transfer, reply, close };
}
