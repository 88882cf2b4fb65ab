import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { ability, count, download, id, instant, pageByNumberQuery, pageOf } from '../kernel.ts';
import { linkPurposes } from '../link.ts';
import { deliveryStatusLabels } from '../notice.ts';
import { mailAddress } from '../notice-channel.ts';
import { GrantDraft } from './grant.ts';
import { reason, userParams } from './shared.ts';
import { givenLogin, givenName, User } from './user.ts';

const purpose = z.enum(['invitation', 'password-reset']).meta({ title: '用途', 'x-labels': linkPurposes });
const statusLabels = { open: '等待打开', used: '已用过', expired: '已过期', revoked: '已撤销' } as const;
const status = z.enum(['open', 'used', 'expired', 'revoked']).meta({ title: '状态', 'x-labels': statusLabels });

/** 账号链接: an invitation or a way to a new password, handed to one person; the link itself is told once and not kept. */
export const AccountLink = z.object({
  linkNo: count.meta({ title: '序号' }), purpose, userId: id('AppUser'), name: z.string().meta({ title: '姓名' }), login: z.string().meta({ title: '账号' }),
  madeBy: z.string().nullable().meta({ title: '谁发的' }), madeAt: instant.meta({ title: '发出时间' }), validUntil: instant.meta({ title: '有效期至' }),
  status, usedAt: instant.nullable().meta({ title: '使用时间' }), revokedReason: z.string().nullable().meta({ title: '撤销原因' }),
  letter: z.enum(['waiting', 'sending', 'sent', 'failed', 'unclear', 'dropped']).nullable().meta({ title: '邮件', 'x-labels': deliveryStatusLabels }), letterError: z.string().nullable().meta({ title: '邮件没发成的原因' }),
}).meta({ id: 'AccountLink', title: '账号链接' });

/** 账号链接条件. */
export const accountLinkFilters = z.object({ userId: id('AppUser').optional().meta({ title: '用户' }), purpose: purpose.optional(), status: status.optional() });

/** 用户与链接: `path` is told once; the page puts its own origin before it, and may have it mailed where the county's mail is on. */
export const UserWithLink = z.object({ user: User, path: z.string(), validUntil: instant, can: z.object({ mail: ability }) }).meta({ id: 'UserWithLink', title: '用户与链接' });

/** 发出的链接. */
export const listAccountLinks = defineRoute({ method: 'GET', path: '/account-links', summary: '账号链接', permission: 'administration.user.manage', query: pageByNumberQuery.extend(accountLinkFilters.shape), response: pageOf(AccountLink) });
/** 导出账号链接. */
export const exportAccountLinks = defineRoute({ method: 'GET', path: '/account-links/export', summary: '导出账号链接', permission: 'administration.user.manage', query: accountLinkFilters, response: download, kind: 'download', access: 'export' });

/** 邀请用户: an account with its post and a link by which the person sets the first password. */
export const postInvitation = defineRoute({
  method: 'POST', path: '/invitations', summary: '邀请用户', permission: 'administration.user.manage',
  body: z.object({ login: givenLogin, name: givenName, grant: GrantDraft.optional() }),
  response: UserWithLink, isToldOnce: true, problems: ['state.duplicate', 'rule.violated', 'not-found'],
});

/** 重发邀请, to somebody who has not set a password yet; an earlier link ends. */
export const postRenewedInvitation = defineRoute({
  method: 'POST', path: '/users/:userId/invitations', summary: '重发邀请链接', permission: 'administration.user.manage', params: userParams,
  response: UserWithLink, isToldOnce: true, problems: ['user.not-found', 'state.conflict'],
});

/** 发重设密码链接; the old password holds until the link is used. */
export const postResetLink = defineRoute({
  method: 'POST', path: '/users/:userId/reset-links', summary: '发重设密码链接', permission: 'administration.user.manage', params: userParams,
  body: z.object({ reason }), response: UserWithLink, isToldOnce: true, problems: ['user.not-found', 'state.conflict'],
});

/** 撤销一个人还没有用的链接. */
export const postLinkRevocation = defineRoute({
  method: 'POST', path: '/users/:userId/link-revocations', summary: '撤销链接', permission: 'administration.user.manage', params: userParams,
  body: z.object({ reason }), response: z.object({ ended: count }), problems: ['user.not-found', 'state.conflict'],
});

/** 移除一个人的动态口令, when the phone is lost; every session ends. */
export const postTotpRemoval = defineRoute({
  method: 'POST', path: '/users/:userId/totp-removals', summary: '移除动态口令', permission: 'administration.user.manage', params: userParams,
  body: z.object({ reason }), response: User, problems: ['user.not-found', 'state.conflict'],
});

/** 让一个人的全部设备退出. */
export const postSessionRevocation = defineRoute({
  method: 'POST', path: '/users/:userId/session-revocations', summary: '让全部设备退出', permission: 'administration.user.manage', params: userParams,
  body: z.object({ reason }), response: z.object({ ended: count }), problems: ['user.not-found'],
});

const shown = { purpose, token: z.string().min(1, '链接不完整').max(100, '链接不完整').meta({ title: '链接令牌' }) };

/** 打开账号链接: whose it is, who handed it over and for which posts; uses nothing up. */
export const postLinkOpening = defineRoute({
  method: 'POST', path: '/account-links/openings', summary: '打开账号链接', permission: 'public', body: z.object(shown),
  response: z.object({
    purpose, name: z.string(), login: z.string(), county: z.string(), madeBy: z.string().nullable(), validUntil: instant, passwordMinLength: count,
    posts: z.array(z.object({ roleTitle: z.string(), scopeName: z.string(), title: z.string().nullable() })),
  }),
  problems: ['link.unknown', 'link.over'],
});

/** 凭链接设置密码: uses the link up, ends every session; afterwards the person signs in as usual, with the one-time code if there is one. */
export const postLinkPassword = defineRoute({
  method: 'POST', path: '/account-links/passwords', summary: '凭链接设置密码', permission: 'public',
  body: z.object({ ...shown, password: z.string().min(1, '请填写新密码').max(256, '密码过长').meta({ title: '新密码' }) }),
  response: z.object({ login: z.string() }), problems: ['link.unknown', 'link.over', 'rule.violated'],
});

/** 把链接发到本人的邮箱: the page that was told the link hands it back; the address is kept only until it is sent. Once for each link. The answer is the masked address. */
export const postLinkLetter = defineRoute({
  method: 'POST', path: '/account-links/letters', summary: '把账号链接发到本人邮箱', permission: 'administration.user.manage',
  body: z.object({ ...shown, mail: mailAddress.meta({ title: '本人的邮箱' }) }), response: z.object({ to: z.string() }), problems: ['link.unknown', 'link.over', 'state.conflict'],
});
