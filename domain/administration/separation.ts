import { defineRule, protectionBaseline } from '#domain/kernel/rule.ts';

/** 三员: the three administrators who keep each other honest. */
export type AdministratorRole = 'system-administrator' | 'security-administrator' | 'audit-administrator';

/** 三员的中文名称. */
export const administratorLabels: Readonly<Record<AdministratorRole, string>> = {
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
};

/** 是否三员角色. */
export function isAdministratorRole(role: string): role is AdministratorRole {
  return Object.hasOwn(administratorLabels, role);
}

/**
 * 三员分立: may one person hold these roles together?
 *
 * `held` are all roles of the person's grants in force, with the one to be given; other roles play no part.
 * The three may sit in another body; one person may hold the same role in several bodies.
 */
export const separationOfAdministrators = defineRule<{ held: readonly string[] }>({
  id: 'administration.separation',
  source: protectionBaseline('8.1.7.1'),
  broken: ({ held }) => {
    const roles = new Set(held.filter(isAdministratorRole));
    const names = [...roles].map((role) => administratorLabels[role]).join('、');
    return [roles.size > 1 && `同一人不能兼任${names}，请先撤销原授权或授予他人`];
  },
});
