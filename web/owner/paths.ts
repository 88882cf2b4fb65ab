import { OWNER_HOME } from '#contract/owner-paths.ts';

/** 业主端各页的地址; the estate's page stands with the contract, since posters print it. */
export const ownerPaths = {
  privacy: (estateId: string | null) => `${OWNER_HOME}/privacy${estateId === null ? '' : `?e=${estateId}`}`,
  mine: (estateId: string) => `${OWNER_HOME}/my?e=${estateId}`,
  file: (estateId: string, door: URLSearchParams, more: Readonly<Record<string, string>> = {}) => { const query = new URLSearchParams([...[...door].filter(([name]) => name === 'b' || name === 'u'), ...Object.entries(more)]).toString(); return `${OWNER_HOME}/e/${estateId}/new${query === '' ? '' : `?${query}`}`; },
  /** The token stands behind `#`: no server or proxy on the way sees it. */
  receipt: (token: string) => `${OWNER_HOME}/r#${token}`,
} as const;
