import type { Instant } from '#domain/kernel/brand.ts';
import type { OutgoingRules } from '../../outgoing/address.ts';

/** 要发的内容: what one delivery says. `id` stays the same however often it is tried. */
export interface Parcel {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Where it all can be seen. */
  readonly link: string;
  /** What the link is for, before it; 查看 when left out. */
  readonly linkWords?: string;
  /** The last lines of a letter; how not to get it any more, when left out. */
  readonly note?: string;
  /** The whole of a short message; that there is something to see, when left out. */
  readonly sms?: string;
  /** For machines. */
  readonly data: unknown;
  readonly now: Instant;
}

/** 一个渠道的设置, opened: what is plain and what was sealed. */
export interface Opened { readonly facts: Readonly<Record<string, string>>; readonly secret: string; readonly formerSecret: string | null }

/** Whatever a channel needs of the process. */
export interface Way { readonly rules: OutgoingRules; readonly ownOrigin: string }

/** 结果. `isFinal`: trying again will not help. `isReceivers`: it is this receiver's fault and says nothing of the channel. `isUnclear`: it may have arrived all the same. */
export type Outcome = { readonly isSent: true } | Failed;
interface Failed { readonly isSent: false; readonly error: string; readonly retryAfterSeconds: number | null; readonly isFinal: boolean; readonly isReceivers: boolean; readonly isUnclear: boolean }

/** 没有发成. */
export const notSent = (error: string, { retryAfterSeconds = null, isFinal = false, isReceivers = false, isUnclear = false }: Partial<Omit<Failed, 'isSent' | 'error'>> = {}): Outcome =>
  ({ isSent: false, error, retryAfterSeconds, isFinal, isReceivers, isUnclear });

/** 已发出. */
export const SENT: Outcome = { isSent: true };

/** 渠道适配器. `to`: the receiver's own address, where the channel has receivers. */
export interface Adapter {
  /** True where a repeat carries a mark by which the other side knows it: then a sending that was cut is tried again. */
  readonly isRepeatable: boolean;
  send(parcel: Parcel, setting: Opened, to: string | null, way: Way): Promise<Outcome>;
}
