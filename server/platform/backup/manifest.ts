import { hkdfSync } from 'node:crypto';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().min(0);

/** 一张表 in an archive: its columns in the order of the copied text, and what must be there again after a restore. */
const ArchivedTable = z.object({
  name: z.string().regex(/^[a-z_]+\.[a-z_0-9]+$/),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: whole, bytes: whole, sha256, parts: z.array(z.object({ bytes: whole, sha256 })),
});

/** 备份清单: the last member of an archive; without it, and without everything it lists, an archive is refused. */
export const Manifest = z.object({
  format: z.literal(1),
  product: z.string(),
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  counties: z.array(z.object({ code: z.string().nullable(), name: z.string() })),
  /** Not the secret: what it must derive. Personal data stay sealed with it, so another secret could not read them. */
  secretFingerprint: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: sha256, appliedAt: z.string() })),
  tables: z.array(ArchivedTable),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
  files: z.object({ count: whole, bytes: whole, sha256 }),
  /** Content the database names and the disk did not have, or had damaged, when the archive was made. */
  missingFiles: z.array(sha256),
  words: z.string(),
});
export type Manifest = z.output<typeof Manifest>;
export type ArchivedTable = z.output<typeof ArchivedTable>;

/** The name of the last member. */
export const MANIFEST = 'manifest.json';

/** 说明, for whoever opens an archive by hand. */
export const WORDS = '善治备份。手机号、证件号等个人信息在此仍是密文，只有原部署的密钥（secret.key 或 SHANZHI_SECRET）能解开；密钥不在备份里，请另行保管。tables 下每张表按 PostgreSQL COPY 文本格式分段存放，列的顺序见 tables[].columns；files 下是上传的文件，以 SHA-256 为名。';

/** 密钥指纹: tells one secret from another and nothing else about it. */
export const fingerprintOf = (secret: string): string => Buffer.from(hkdfSync('sha256', secret, 'shanzhi', 'backup-fingerprint', 16)).toString('hex');
