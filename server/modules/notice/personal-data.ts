import { sql } from 'kysely';
import { limits } from '#domain/privacy/limits.ts';
import type { Db } from '#platform/db/types.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import { hasNumber } from '#platform/personal/number-in.ts';
import { idsOf, type Clue, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';

interface Choice { readonly userId: string; readonly name: string; readonly mailCipher: string | null; readonly phoneCipher: string | null; readonly isOff: boolean }

/** 本人选定的邮箱和手机号: found by the number, or by the account. Whoever still works here clears them himself; of an account that ended they go. */
async function findChoices(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  const { rows } = await sql<Choice>`
    select c.user_id, u.name, c.mail_cipher, c.phone_cipher, u.disabled_at is not null as is_off from platform.notice_choice c join platform.app_user u on u.id = c.user_id
     where c.county_id = ${clue.countyId}::uuid and (c.mail_cipher is not null or c.phone_cipher is not null) order by c.user_id`.execute(db);
  return rows.flatMap((row) => {
    const [phone, mail] = [row.phoneCipher, row.mailCipher].map((sealed) => (sealed === null ? null : clue.vault.open(sealed)));
    const isSure = hasNumber(clue, phone ?? '');
    if (!isSure && !clue.subjects.includes(row.userId)) return [];
    return [{
      kind: 'notice.choice', id: row.userId, links: [row.userId], title: '通知方式', match: isSure ? 'sure' : 'linked', because: isSure ? '手机号一致' : '与已认定的账号相连', fields: [{ name: '手机号', value: phone ?? '' }, { name: '电子邮箱', value: mail ?? '' }].filter(({ value }) => value !== ''),
      purpose: '按本人选择的方式发送工作通知', until: '本人随时可以清除', erases: row.isOff ? '手机号、电子邮箱' : null, keeps: row.isOff ? [] : [limits.account],
    }];
  });
}

const record = { county: 't.county_id', purpose: '提醒办理', erases: null, until: limits.record.until, keeps: [limits.record] };
const places: readonly TextPlace[] = [
  { kind: 'notice.notice', table: 'platform.notice', id: 't.id', title: 't.kind', label: '已发出的通知', ...record },
  { kind: 'notice.channel', table: 'platform.notice_channel', id: 't.id', title: 't.name', label: '通知渠道的设置', ...record, until: limits.underWay.until, keeps: [limits.underWay] },
];

/** 通知中的个人信息. */
export const noticePersonalData: PersonalData = {
  tables: ['platform.notice', 'platform.notice_receipt', 'platform.notice_choice', 'platform.notice_channel', 'platform.notice_delivery', 'platform.notice_delivery_item'],
  find: findChoices,
  scans: places.map(textScan),
  erase: async (tx, records, { countyId }) => {
    const ids = idsOf(records, 'notice.choice');
    if (ids.length === 0) return [];
    const { numAffectedRows } = await sql`
      update platform.notice_choice c set mail_cipher = null, mail_kinds = '{}', mail_since = null, phone_cipher = null, phone_last4 = null, sms_kinds = '{}', sms_since = null, version = c.version + 1, updated_at = ${tx.now}
        from platform.app_user u where u.id = c.user_id and u.disabled_at is not null and c.county_id = ${countyId}::uuid and c.user_id = any(${ids}::uuid[])`.execute(tx.db);
    return [{ table: 'platform.notice_choice', rows: Number(numAffectedRows ?? 0n) }];
  },
};
