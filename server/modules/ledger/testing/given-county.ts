import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { addCounty, administration, readDivisions } from '#modules/administration/index.ts';
import { committee } from '#modules/committee/index.ts';
import { registry } from '#modules/registry/index.ts';
import type { Module } from '#platform/module.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { ledger } from '../index.ts';

const FOLDER = fileURLToPath(new URL('../../../../seeds/ledgers/', import.meta.url));

/** The modules that an import touches. */
export const importModules: readonly Module[] = [administration, registry, committee, ledger];

/** 台账样本的路径. */
export const sample = (name: string): string => `${FOLDER}${name}`;

/** 台账样本的答案. */
export async function truth(): Promise<Truth> {
  return JSON.parse(await readFile(sample('truth.json'), 'utf8')) as Truth;
}

export interface Expected { readonly rows: number; readonly valid: number; readonly problems: readonly { readonly row: number; readonly code: string; readonly severity: string }[] }
export interface Truth {
  readonly companies: Expected; readonly practitioners: Expected; readonly estatesBySheet: Expected & { readonly sheets: number };
  readonly estates: Expected & { readonly occupied: number; readonly withCommittee: number; readonly formationRate: number; readonly units: number; readonly expired: number };
  readonly units: Expected & { readonly heads: number; readonly per: Readonly<Record<string, { readonly unitsValid: number; readonly areaCm2: number; readonly heads: number }>> };
}

/** 空的云川县 (990101) with its townships and neighbourhoods, on a database of its own. */
export async function givenCounty(): Promise<TestKit & { readonly countyId: string }> {
  const made = await testKit(importModules);
  const added = await addCounty(made.kit, { code: '990101', divisions: await readDivisions(sample('divisions.csv'), '990101') });
  return { ...made, countyId: added.id };
}
