import { mailAddress } from '#contract/notice-channel.ts';
import { isId, makeId } from '#domain/kernel/brand.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import type { CategoryCode } from '#domain/complaint/category.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { DoorRequest } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { receiveComplaint } from '../receive.ts';
import { refuseUnoffered } from './asking.ts';
import { requestId } from './requests.ts';
import type { Value } from './write.ts';

const MOST = 4_000;
/** What the standard lets an integrator send and nothing here is done with: nothing is fetched from outside, and the register knows no map. Whoever sends it is told. */
const UNUSED = ['media_url', 'lat', 'long'] as const;

/** 提交请求: a complaint like any other, received by the community of its estate. @throws Problem input.invalid naming the field, not-found */
export function createRequest(ctx: Ctx, form: DoorRequest['form'], offered: readonly CategoryCode[]): Promise<Value> {
  const said = (name: string, most: number) => {
    const text = (form[name] ?? '').trim();
    if (text.length > most) throw new Problem('input.invalid', `${name} 不超过${most}个字`);
    return text;
  };
  const [code, body, first, last, phone, mail] = [said('service_code', 20), said('description', MOST), said('first_name', 25), said('last_name', 25), said('phone', 50), said('email', 200)];
  if (code === '') throw new Problem('input.invalid', '缺少 service_code');
  if (body === '') throw new Problem('input.invalid', '缺少 description，请写明发生了什么');
  if (phone !== '' && parsePhone(phone) === undefined) throw new Problem('input.invalid', 'phone 不是完整的电话号码');
  if (mail !== '' && !mailAddress.safeParse(mail).success) throw new Problem('input.invalid', 'email 不是完整的邮箱地址');
  const name = `${last}${first}`;
  const unused = UNUSED.filter((field) => said(field, MOST) !== '');
  return ctx.transact(async (tx) => {
    // What was taken in is answered the same again, whether or not its kind is still offered.
    refuseUnoffered(code, offered);
    const estateId = await estateOf(tx.db, ctx, said('address_id', 60), said('address_string', 100));
    const made = await receiveComplaint(tx, ctx, { origin: 'interface', estateId, category: code, body, spot: '', complainant: { name: name === '' ? null : name, phone: phone === '' ? null : phone, mail: mail === '' ? null : mail, isAnonymous: name === '' && phone === '' && mail === '' }, receivedBy: null });
    return [{ service_request_id: requestId(made.record), service_notice: `已收到，编号${made.no}${unused.length === 0 ? '' : `；没有采用${unused.join('、')}：本接口不取外部图片，不按经纬度定位`}`, account_id: null }];
  });
}

/** 小区 by its identifier, else by its full name where only one is called so. Coordinates say nothing here: the register knows no map. */
async function estateOf(db: Db, ctx: Ctx, id: string, name: string) {
  if (id === '' && name === '') throw new Problem('input.invalid', '请用 address_id（小区标识）或 address_string（小区全名）写明是哪个小区；本接口不按经纬度定位');
  const estates = within(ctx.scope, db.selectFrom('registry.estate'), { own: 'estate' }).select('id').where('archivedAt', 'is', null);
  const found = id === '' ? await estates.where('name', '=', name).limit(2).execute() : isId<'Estate'>(id) ? await estates.where('id', '=', makeId<'Estate'>(id)).execute() : [];
  const [only, other] = found;
  if (only === undefined) throw new Problem('input.invalid', '这个密钥的范围内没有这个小区，请核对 address_id 或 address_string');
  if (other !== undefined) throw new Problem('input.invalid', '有几个小区同名，请改用 address_id');
  return only.id;
}

