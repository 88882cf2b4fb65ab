import type { z } from 'zod';
import type { Input, Output, Route } from '#contract/define-route.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Ctx, Tx } from './context.ts';
import type { SealedTable } from './crypto/sealed-table.ts';
import type { Db } from './db/types.ts';
import type { Kit } from './kit.ts';
import type { Problem } from './problem.ts';
import type { PersonalData } from './personal/person.ts';

/**
 * A route tied to its use case. `serve` alone makes one, so that what its route's own schemas let through is what its use case takes; that
 * is why `handle` stands as a method, whose input may be narrower than what every route has.
 */
export interface Served {
  readonly route: Route;
  handle(ctx: Ctx, input: Input<Route>): Promise<unknown>;
}

/** 事件订阅:idempotent, in its own transaction; `tx` is already open and records the delivery with it. */
export type Subscriber = (ctx: Ctx, tx: Tx, event: { readonly id: string; readonly key: string; readonly countyId: string; readonly payload: unknown }) => Promise<void>;

/** 公开网页的回答: whole HTML, readable without script. */
export interface PageAnswer { readonly status: 200 | 404 | 410; readonly html: string }
/** 公开网页: a page for anybody, made by the server; who asks has no scope, and values of the address come as they were typed. */
export interface PublicPage {
  readonly path: string;
  readonly render: (ctx: Ctx, asked: { readonly params: Readonly<Record<string, string>>; readonly query: Readonly<Record<string, string>> }) => Promise<PageAnswer>;
}

/** 向标准接口提出的请求, as it came: values given twice count once, the first. */
export interface DoorRequest { readonly path: string; readonly query: Readonly<Record<string, string>>; readonly form: Readonly<Record<string, string>>; readonly authorization: string | undefined; readonly intent: string | undefined; readonly ip: string; readonly requestId: string }
export interface DoorAnswer { readonly status: number; readonly mediaType: string; readonly body: string }
/**
 * 标准接口: addresses outside `/api` under `prefix` that speak a standard of their own, with its own form of errors. Who asks shows a key himself;
 * forms come as a browser would send them. `refuse` says a problem in the standard's words.
 */
export interface StandardDoor {
  readonly prefix: string;
  readonly answer: (kit: Kit, method: 'GET' | 'POST', asked: DoorRequest) => Promise<DoorAnswer>;
  readonly refuse: (problem: Problem, asked: Pick<DoorRequest, 'path'>) => Promise<DoorAnswer>;
}

/** 后台作业:long work recorded in `platform.job`; `run` reports progress and must be safe to start again after a crash. */
export interface JobKind {
  readonly name: string;
  readonly title: string;
  /** The console page that shows what the job of this input was for: there whoever asked for it is led when it is refused. */
  readonly opens?: (input: unknown) => string;
  readonly run: (ctx: Ctx, job: { readonly id: string; readonly input: unknown; progress(done: number, total: number | null, stage?: string): Promise<void> }) => Promise<unknown>;
}

/** 定时作业:cron is in UTC and carries no meaning of its own; the work selects by our own columns. */
export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly run: (ctx: Ctx) => Promise<void>;
}

/** 名下的一项: something under way or kept that a person has in hand. `kind` begins with the module's name; `path` opens it in the console. */
export interface Holding {
  readonly kind: `${string}.${string}`;
  readonly id: string;
  readonly group: 'duty' | 'file';
  readonly title: string;
  readonly detail: string;
  readonly path: string | null;
  /** What the post covers in which it is held (a county, township, estate or company); null when it goes with the person in any post. */
  readonly scopeId: string | null;
}

/** 移交: everything named, of this module's kinds, goes from one person to another; what `fromId` no longer holds stays where it is. */
export interface Passing { readonly fromId: Id<'AppUser'>; readonly toId: Id<'AppUser'>; readonly things: readonly Pick<Holding, 'kind' | 'id'>[] }

/**
 * 名下事项: what a person has in hand in this module, for the list of a hand-over, and how it passes to the successor. Who did what before is
 * history and stays. Both run with the system's scope, because the parties may hold no post; `userId` is all that narrows them.
 */
export interface Holdings {
  readonly list: (db: Db, userId: Id<'AppUser'>) => Promise<readonly Holding[]>;
  readonly move: (tx: Tx, passing: Passing) => Promise<void>;
}

/**
 * 到期删除: one kind of personal data that a module must not keep for ever. `count` says how much would be gone by a day (that day's own not
 * included), `purge` makes it so, in any state and any number of times. Both run with the system's scope and narrow by the county.
 */
export interface Retention {
  readonly kind: `${string}.${string}`;
  readonly title: string;
  /** Until when it is kept, in words. */
  readonly rule: string;
  /** The parameters that say for how long; none where a date that was registered does. */
  readonly periods: readonly Parameter<number>[];
  readonly count: (db: Db, countyId: string, by: LocalDate) => Promise<number>;
  readonly purge: (tx: Tx, countyId: string, by: LocalDate, kit: Pick<Kit, 'vault' | 'files'>) => Promise<number>;
}

/** 模块:a capability's door. */
export interface Module {
  readonly name: string;
  readonly routes: readonly Served[];
  readonly on: Readonly<Record<string, Subscriber>>;
  readonly jobs: readonly JobKind[];
  readonly schedules: readonly Schedule[];
  /** Null where nobody has anything of his own in hand. */
  readonly holdings: Holdings | null;
  readonly retentions: readonly Retention[];
  /** Null where none of its tables holds anything about a person. */
  readonly personalData: PersonalData | null;
  /** Its columns that the deployment's secret seals or keys. */
  readonly sealed: readonly SealedTable[];
  readonly pages: readonly PublicPage[];
  readonly doors: readonly StandardDoor[];
  /** What others must do by when about this module's things; told what happens by `recordFact` of the obligation module. */
  readonly duties: readonly Duty<unknown>[];
}

/** Ties a contract route to the use case that answers it; the types must agree. */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  handle: (ctx: Ctx, input: Input<Route<P, Q, B, R>>) => Promise<Output<Route<P, Q, B, R>>>,
): Served {
  return { route, handle };
}

/** 定义模块. */
export function defineModule(draft: Pick<Module, 'name' | 'routes'> & Partial<Module>): Module {
  return { on: {}, jobs: [], schedules: [], holdings: null, retentions: [], personalData: null, sealed: [], pages: [], doors: [], duties: [], ...draft };
}
