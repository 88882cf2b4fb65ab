import { defineRule, houseConvention, protectionBaseline } from '#domain/kernel/rule.ts';

/** 自授岗位: nobody gives a post to himself, whoever he is. */
export const grantBySomeoneElse = defineRule<{ readonly giverId: string | null; readonly holderId: string }>({
  id: 'administration.grant-by-someone-else',
  source: protectionBaseline('8.1.7.1'),
  broken: ({ giverId, holderId }) => [giverId === holderId && '不能给自己授予岗位，请由另一名安全管理员办理'],
});

/** 岗位与管辖层级一致: a township's role covers a township, a company's a company. `wanted` and `given` in Chinese. */
export const grantLevelFits = defineRule<{ readonly role: string; readonly wanted: string; readonly given: string | null }>({
  id: 'administration.grant-level-fits',
  source: houseConvention('账号与会话'),
  broken: ({ role, wanted, given }) => [given !== null && given !== wanted && `「${role}」应管辖${wanted}，所选的是${given}，请重新选择管辖对象`],
});

/** 至少一名安全管理员: the last one in force of a county is neither ended nor disabled. `remaining` after the act. */
export const securityAdministratorRemains = defineRule<{ readonly removed: number; readonly remaining: number }>({
  id: 'administration.security-administrator-remains',
  source: protectionBaseline('8.1.7.1'),
  broken: ({ removed, remaining }) => [removed > 0 && remaining === 0 && '这是最后一名安全管理员，请先把岗位交接给他人'],
});
