import type { SealedTable } from '#platform/crypto/sealed-table.ts';
import type { Module } from '#platform/module.ts';
import { administration } from '#modules/administration/index.ts';
import { collection } from '#modules/collection/index.ts';
import { committee } from '#modules/committee/index.ts';
import { complaint } from '#modules/complaint/index.ts';
import { handover } from '#modules/handover/index.ts';
import { ledger } from '#modules/ledger/index.ts';
import { notice } from '#modules/notice/index.ts';
import { obligation } from '#modules/obligation/index.ts';
import { operations } from '#modules/operations/index.ts';
import { owner } from '#modules/owner/index.ts';
import { paper } from '#modules/paper/index.ts';
import { privacy } from '#modules/privacy/index.ts';
import { publication } from '#modules/publication/index.ts';
import { registry } from '#modules/registry/index.ts';
import { report } from '#modules/report/index.ts';
import { target } from '#modules/target/index.ts';

/** 全部模块: the only list of them. */
export const modules: readonly Module[] = [administration, handover, privacy, registry, committee, ledger, paper, publication, target, operations, report, notice, collection, obligation, complaint, owner];

/** 封存的列 of all modules: what a change of the deployment's secret must reach. */
export const sealedTables: readonly SealedTable[] = modules.flatMap(({ sealed }) => sealed);
