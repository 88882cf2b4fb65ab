import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { epochOf } from '#domain/kernel/local-date.ts';
import { OutgoingRefused } from '../../outgoing/address.ts';
import { post, type Answered } from '../../outgoing/post.ts';
import { notSent, SENT, type Adapter, type Outcome, type Parcel, type Opened, type Way } from './adapter.ts';

/** 网址推送, signed by Standard Webhooks: id, time and one signature for each secret in force. */
export const webhook: Adapter = { isRepeatable: true, send: (parcel, setting, _to, way) => sendSigned(parcel, setting, way, parcel.data) };

/** 短信 through a gateway of the county's: the same signed request, with the number and the text. The gateway knows a repeat by its id. */
export const sms: Adapter = {
  isRepeatable: true,
  send: (parcel, setting, to, way) => (to === null ? Promise.resolve(notSent('没有手机号', { isFinal: true, isReceivers: true })) : sendSigned(parcel, setting, way, { id: parcel.id, phone: to, text: `【善治】${parcel.sms ?? `${parcel.title}，请登录系统查看。`}` })),
};

async function sendSigned(parcel: Parcel, { facts, secret, formerSecret }: Opened, way: Way, content: unknown): Promise<Outcome> {
  const body = JSON.stringify(content);
  const at = new Date(epochOf(parcel.now));
  const signatures = [secret, ...(formerSecret === null ? [] : [formerSecret])].map((each) => new Webhook(each).sign(parcel.id, at, body));
  return attempt(async () => {
    const answer = await post(facts['url'] ?? '', { ...way, body, headers: { 'webhook-id': parcel.id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signatures.join(' ') } });
    return judged(answer);
  });
}

/** 企业微信群机器人. Its address is its secret. */
export const wecom: Adapter = {
  isRepeatable: false,
  send: (parcel, { secret }, _to, way) => attempt(async () => robotSaid(await post(secret, { ...way, headers: {}, body: JSON.stringify({ msgtype: 'text', text: { content: shortened(parcel, 2_000) } }) }))),
};

const dingtalkSecret = z.object({ address: z.string(), sign: z.string() });

/** 钉钉群机器人, with 加签: HMAC-SHA-256 over the time in milliseconds and the secret. */
export const dingtalk: Adapter = {
  isRepeatable: false,
  send: (parcel, { secret }, _to, way) => attempt(async () => {
    const { address, sign } = dingtalkSecret.parse(JSON.parse(secret));
    const timestamp = String(epochOf(parcel.now));
    const url = new URL(address);
    url.searchParams.set('timestamp', timestamp);
    url.searchParams.set('sign', createHmac('sha256', sign).update(`${timestamp}\n${sign}`).digest('base64'));
    return robotSaid(await post(url.href, { ...way, headers: {}, body: JSON.stringify({ msgtype: 'text', text: { content: shortened(parcel, 6_000) } }) }));
  }),
};

const robotAnswer = z.object({ errcode: z.int() });
/** Too many in a minute: both ask for a pause, without saying how long. */
const TOO_MANY = new Set([45_009, 130_101, 660_026]);
/** Key or signature refused, robot removed. */
const NOT_ACCEPTED = new Set([93_000, 310_000, 300_001, 300_005]);

/** A robot answers 200 whatever happens; its own number tells. */
function robotSaid(answer: Answered): Outcome {
  const outcome = judged(answer);
  if (!outcome.isSent) return outcome;
  const parsed = robotAnswer.safeParse(jsonOf(answer.text));
  if (!parsed.success) return notSent('机器人的答复看不懂，请核对 Webhook 地址');
  const { errcode } = parsed.data;
  if (errcode === 0) return SENT;
  if (TOO_MANY.has(errcode)) return notSent(`机器人说发得太频繁（${errcode}），稍后再试`, { retryAfterSeconds: 600 });
  return notSent(NOT_ACCEPTED.has(errcode) ? `机器人不认地址或签名（${errcode}），请系统管理员核对` : `机器人没有收下（${errcode}）`);
}

function judged({ status, retryAfterSeconds }: Answered): Outcome {
  if (status >= 200 && status < 300) return SENT;
  if (status === 410) return notSent('对方说这个网址不再接收（410）', { isFinal: true });
  if (status === 429 || status === 503) return notSent(`对方请稍后再试（${status}）`, { retryAfterSeconds });
  return notSent(status === 401 || status === 403 ? `对方不认签名（${status}），请核对签名密钥` : `对方没有收下（${status}）`, { retryAfterSeconds });
}

async function attempt(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutgoingRefused) return notSent(error.message, { isFinal: error.isOurs, isUnclear: error.isUnclear });
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Cut at a line so that it fits the channel, in bytes, saying how many are left out. */
function shortened({ title, lines, link }: Parcel, mostBytes: number): string {
  const whole = (count: number) => [title, ...lines.slice(0, count), ...(count < lines.length ? [`……还有 ${lines.length - count} 条`] : []), link].join('\n');
  let count = lines.length;
  while (count > 0 && Buffer.byteLength(whole(count)) > mostBytes) count -= 1;
  return whole(count);
}
