import { OWNER_HOME } from '#contract/owner-paths.ts';

/** 业主端各页的地址; the estate's page stands with the contract, since posters print it. */
export const ownerPaths = {
  privacy: `${OWNER_HOME}/privacy`,
} as const;
