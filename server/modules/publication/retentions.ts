import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { unusedFileDays } from '#domain/privacy/policy.ts';
import { fileRetention } from '#platform/files/file-retention.ts';
import type { Retention } from '#platform/module.ts';

/** What stands where such an attachment was. */
const ENDED = { name: '附件（没有公开，已到期删除）.txt', text: '这个附件没有公开，已到期删除。' };
const moment = (day: LocalDate) => sql`(${day}::date::timestamp at time zone 'Asia/Shanghai')`;
/** Attachments that nobody ever saw in public: taken out of a draft, or of a draft that was given up, before a day. Content that was published goes on to the archive. */
const unused = (countyId: string, day: LocalDate) => sql`
  from publication.publication_file x join publication.publication p on p.id = x.publication_id join platform.file f on f.id = x.file_id
 where x.county_id = ${countyId}::uuid and f.name <> ${ENDED.name}
   and (x.removed_at < least(${moment(day)}, coalesce(p.issued_at, 'infinity')) or p.status = 'discarded' and p.updated_at < ${moment(day)})`;

/** 公开事项的到期删除. */
export const publicationRetentions: readonly Retention[] = [fileRetention({
  kind: 'publication.unused-files', title: '没有公开的附件（从稿件撤下的、随稿件作废的）', rule: '撤下或者稿件作废起满规定天数为止；公开过的随公开事项归档',
  days: unusedFileDays, ended: ENDED, due: unused,
})];
