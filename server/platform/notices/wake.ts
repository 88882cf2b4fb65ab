import { sql } from 'kysely';
import type { Db } from '../db/types.ts';

/** 唤醒发送, once the transaction commits. */
export const wakeSending = (db: Db) => sql`select queue.enqueue('schedule.notices', '{}'::json, 'notices:now')`.execute(db);
