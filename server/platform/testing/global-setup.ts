import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#platform/db/migrate.ts';
import type { TestCluster } from './cluster.ts';
import { startCluster } from './cluster.ts';
import { onDatabase, TEMPLATE } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the test run's owner role. */
    ownerUrl: string;
  }
}

/** One server for all projects of a run; each project's setup is loaded apart, so they meet in `globalThis`. */
interface Shared { cluster: Promise<TestCluster> | undefined; users: number }
const KEY = Symbol.for('shanzhi.test-cluster');

function shared(): Shared {
  const there: unknown = Reflect.get(globalThis, KEY);
  if (isShared(there)) return there;
  const fresh: Shared = { cluster: undefined, users: 0 };
  Reflect.set(globalThis, KEY, fresh);
  return fresh;
}

const isShared = (value: unknown): value is Shared => typeof value === 'object' && value !== null && 'users' in value;

/** 测试准备:starts PostgreSQL once per run and migrates the template; the last project to end stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const state = shared();
  state.users += 1;
  state.cluster ??= begin();
  const cluster = await state.cluster;
  project.provide('ownerUrl', cluster.ownerUrl);
  return async () => {
    state.users -= 1;
    if (state.users > 0) return;
    state.cluster = undefined;
    await cluster.stop();
  };
}

async function begin(): Promise<TestCluster> {
  const cluster = await startCluster();
  try {
    const client = new Client({ connectionString: cluster.ownerUrl });
    await client.connect();
    await client.query(`create database ${TEMPLATE}`);
    await client.end();
    await migrate(onDatabase(cluster.ownerUrl, TEMPLATE));
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
