import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, instant } from '../kernel.ts';
import { givenCode, Me } from './session.ts';

const password = z.string().min(1, '请填写密码').max(256, '密码过长').meta({ title: '密码' });
const proof = z.object({ password, code: givenCode });

/** 恢复码: told once, each good once. */
const recoveryCodes = z.array(z.string()).meta({ title: '恢复码' });

/** 本人的动态口令: since when, whether the post demands it, and how many recovery codes are left. */
export const MyTotp = z.object({ since: instant.nullable().meta({ title: '启用时间' }), isNeeded: z.boolean().meta({ title: '岗位要求' }), recoveryCodesLeft: count.meta({ title: '剩余恢复码' }) }).meta({ id: 'MyTotp', title: '动态口令' });

/** 本人的动态口令. */
export const getMyTotp = defineRoute({ method: 'GET', path: '/me/totp', summary: '本人动态口令', permission: 'signed-in', response: MyTotp });

/** 开始启用动态口令: the secret, to be put into an authenticator as a picture or by hand. It opens nothing before the confirmation. */
export const postMyTotp = defineRoute({
  method: 'POST', path: '/me/totp', summary: '开始启用动态口令', permission: 'signed-in', body: z.object({ password }), isToldOnce: true,
  response: z.object({ key: z.string().meta({ title: '密钥' }), uri: z.string().meta({ title: '绑定地址' }) }), problems: ['session.wrong-password', 'session.locked', 'state.conflict'],
});

/** 确认启用动态口令 by a first code; ends every other session and changes the token of this one. */
export const postMyTotpConfirmation = defineRoute({
  method: 'POST', path: '/me/totp/confirmation', summary: '确认启用动态口令', permission: 'signed-in', body: z.object({ code: givenCode }), isToldOnce: true,
  response: z.object({ me: Me, recoveryCodes }), problems: ['session.wrong-code', 'state.conflict'],
});

/** 停用动态口令. */
export const postMyTotpRemoval = defineRoute({
  method: 'POST', path: '/me/totp/removal', summary: '停用动态口令', permission: 'signed-in', body: proof, isToldOnce: true, response: Me,
  problems: ['session.wrong-password', 'session.wrong-code', 'session.locked', 'state.conflict'],
});

/** 重新生成恢复码; the earlier ones end. */
export const postMyRecoveryCodes = defineRoute({
  method: 'POST', path: '/me/recovery-codes', summary: '重新生成恢复码', permission: 'signed-in', body: proof, isToldOnce: true, response: z.object({ recoveryCodes }),
  problems: ['session.wrong-password', 'session.wrong-code', 'session.locked', 'state.conflict'],
});
