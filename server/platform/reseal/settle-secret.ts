import { existsSync } from 'node:fs';
import type { Client } from 'pg';
import { fingerprintOf } from '../backup/manifest.ts';
import { readSecret, readSecretFile } from '../config-secret.ts';
import type { Config } from '../config.ts';
import { keysAt, readKeys, recordKey, wrongKey } from './key-record.ts';
import { nextOf, putInPlace } from './secret-files.ts';

type Place = Pick<Config, 'secret' | 'secretFile'>;

/**
 * 认定密钥: the secret this database is sealed with. A change of the secret that was cut between the database and the file is ended here: the database
 * decides. @throws StartRefused when the secret given is not the database's
 */
export async function settleSecret(config: Place, ownerUrl: string, say: (line: string) => void): Promise<string> {
  const secret = readSecret(config);
  const { standing } = await keysAt(ownerUrl);
  if (standing === null || standing === fingerprintOf(secret)) return secret;
  if (config.secret === undefined && existsSync(nextOf(config.secretFile)) && fingerprintOf(readSecretFile(nextOf(config.secretFile), { makes: false })) === standing) {
    const former = putInPlace(config.secretFile);
    say(`上次更换部署密钥时，数据库已全部换好，密钥文件还没有换上就中断了；现在已补上，原来的密钥留在「${former}」。`);
    return readSecret(config);
  }
  throw wrongKey(standing, fingerprintOf(secret), config.secret === undefined ? `「${config.secretFile}」` : ' SHANZHI_SECRET 给的');
}

/** 守密钥, under the lock of migrating: a database that was changed to another secret while we waited is refused, and one that knows of none is told ours. */
export const keeperOf = (secret: string): { before(client: Client): Promise<void>; after(client: Client): Promise<void> } => ({
  before: async (client) => {
    const { standing } = await readKeys(client);
    if (standing !== null && standing !== fingerprintOf(secret)) throw wrongKey(standing, fingerprintOf(secret), '启动时读到的');
  },
  after: async (client) => { if ((await readKeys(client)).standing === null) await recordKey(client, fingerprintOf(secret)); },
});
