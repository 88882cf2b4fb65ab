import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSecret, readSecretFile } from '#platform/config-secret.ts';
import type { Config } from '#platform/config.ts';
import { refuseBackup } from '#platform/backup/refuse.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { assertDatabase } from '#platform/db/embedded-assert.ts';
import { formerSecrets } from '#platform/reseal/secret-files.ts';

/** The secret that is there; none is made. @throws Problem backup.refused when there is none */
export function secretThatIs(config: Pick<Config, 'secret' | 'secretFile'>): string {
  if (config.secret === undefined && !existsSync(config.secretFile)) throw refuseBackup(`找不到部署密钥「${config.secretFile}」。请把原来的 secret.key 放回那里，或设置 SHANZHI_SECRET、SHANZHI_SECRET_FILE。`);
  return readSecret(config);
}

/** 以前的部署密钥: those that lie beside the one in use, and one more where a file is named. @throws StartRefused when that file cannot be read */
export const formerSecretsOf = ({ secretFile }: Pick<Config, 'secretFile'>, file: string | undefined): string[] => [...(file === undefined ? [] : [readSecretFile(resolve(file), { makes: false })]), ...formerSecrets(secretFile)];

/** Opens the database as its owner and does NOT bring it to this version: before an upgrade is when a backup is wanted. Adopts a running server. */
export async function withOwner<T>(config: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) {
    await assertDatabase(config.databaseUrl);
    return work(config.databaseUrl);
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir, log: (line) => console.error(line) });
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}
