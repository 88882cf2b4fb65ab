import type { Route } from './define-route.ts';
import { permissions, type MachinePermission } from './permissions.ts';

/** 供接口的写操作: every change that a key may make, by name; a new route of change is closed to machines until it stands here. */
const writes: ReadonlySet<string> = new Set([
  'POST /estates', 'PUT /estates/:estateId', 'PUT /estates/:estateId/names', 'PUT /estates/:estateId/manager',
  'POST /estates/:estateId/buildings', 'POST /estates/:estateId/units', 'PUT /units/:unitId', 'PUT /units/:unitId/area',
  'POST /companies', 'PUT /companies/:companyId', 'POST /estates/:estateId/service-contracts', 'PUT /service-contracts/:contractId', 'POST /complaints',
]);

/** 不分权限、接口也可以查的: who one is, the bodies of the county, the calendar. */
const open: ReadonlySet<string> = new Set(['GET /whoami', 'GET /org-units', 'GET /holiday-notices', 'GET /working-days']);

/** 接口可用的权限: reads, exports and the named changes; never administration, never a full number, never owners. */
export const machinePermissionLabels = {
  'registry.read': permissions['registry.read'], 'quality.read': permissions['quality.read'], 'target.read': permissions['target.read'],
  'registry.export': permissions['registry.export'], 'registry.edit': '登记、修改小区、楼栋、房屋、企业、合同', 'complaint.receive': '登记投诉，按 Open311 查办理进度',
} as const satisfies Record<MachinePermission, string>;

/** Permissions whose reads are for people: what owners wrote. */
const onlyNamed: ReadonlySet<string> = new Set(['complaint.receive']);

type Named = Pick<Route, 'method' | 'path' | 'permission'>;

/** 接口能否调用这个路由, given that its key holds the permission. */
export function isForMachines({ method, path, permission }: Named): boolean {
  const name = `${method} ${path}`;
  if (permission === 'public' || permission === 'signed-in') return open.has(name);
  return Object.hasOwn(machinePermissionLabels, permission) && (writes.has(name) || (method === 'GET' && !onlyNamed.has(permission)));
}

/** 供接口的路由的名称, for the check that each of them is served. */
export const namedForMachines: readonly string[] = [...writes, ...open];
