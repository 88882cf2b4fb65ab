import { readSecret } from '#platform/config-secret.ts';
import { readConfig } from '#platform/config.ts';
import { APP_ROLE, urlOf } from '#platform/db/roles.ts';

/** 应用角色的连接: as the server of this data folder connects. */
export const appUrlOf = (ownerUrl: string, folder: string): string => urlOf(APP_ROLE, ownerUrl, readSecret(readConfig({ SHANZHI_DATA: folder })));
