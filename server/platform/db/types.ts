import type { Kysely } from 'kysely';
import type { AuditTables } from '../tables.gen.ts';
import type { PlatformTables } from '../tables.gen.ts';
import type { CollectionTables } from '#modules/collection/tables.gen.ts';
import type { ComplaintTables } from '#modules/complaint/tables.gen.ts';
import type { CommitteeTables } from '#modules/committee/tables.gen.ts';
import type { HandoverTables } from '#modules/handover/tables.gen.ts';
import type { LedgerTables } from '#modules/ledger/tables.gen.ts';
import type { ObligationTables } from '#modules/obligation/tables.gen.ts';
import type { OwnerTables } from '#modules/owner/tables.gen.ts';
import type { PaperTables } from '#modules/paper/tables.gen.ts';
import type { PublicationTables } from '#modules/publication/tables.gen.ts';
import type { PrivacyTables } from '#modules/privacy/tables.gen.ts';
import type { RegistryTables } from '#modules/registry/tables.gen.ts';
import type { ReportTables } from '#modules/report/tables.gen.ts';
import type { TargetTables } from '#modules/target/tables.gen.ts';

/** 全部表:row types generated from the migrated database. A module narrows it to its own with `Pick`. */
export type Tables = PlatformTables & AuditTables & RegistryTables & CommitteeTables & HandoverTables & LedgerTables & OwnerTables & ObligationTables & PaperTables & PrivacyTables & PublicationTables & TargetTables & ReportTables & CollectionTables & ComplaintTables;

/** 数据库句柄 inside one scoped transaction. */
export type Db = Kysely<Tables>;
