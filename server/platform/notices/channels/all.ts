import type { ChannelKind } from '#contract/notice.ts';
import type { Adapter } from './adapter.ts';
import { dingtalk, sms, webhook, wecom } from './http.ts';
import { mail } from './mail.ts';

/** 全部渠道. */
export const adapters: Readonly<Record<ChannelKind, Adapter>> = { mail, sms, wecom, dingtalk, webhook };
