import type { z } from 'zod';
import { PersonRequest, Erasure as ErasureShape, type PersonRecord, type PersonRequestRow } from '#contract/person-request.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { roleMay } from '#contract/permissions.ts';
import { backupNote } from '#domain/privacy/limits.ts';
import { erasureByTwo } from '#domain/privacy/request-rules.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { basisText } from '#platform/parameters/legal.ts';
import type { PersonalRecord } from '#platform/personal/person.ts';
import type { Limit } from '#domain/privacy/limits.ts';
import { correctedOf } from './corrections.ts';
import { keyOf } from './find-person.ts';
import { personOf, type RequestRecord } from './store.ts';

type Row = z.output<typeof PersonRequestRow>;
const CLEARED = '（已清除）';

/** 遮盖的姓名: the family name is enough to know which. */
const covered = (name: string | null) => (name === null ? CLEARED : `${Array.from(name)[0] ?? ''}${'＊'.repeat(Math.max(1, Array.from(name).length - 1))}`);
/** 遮盖的号码, wherever digits stand in a row. */
export const coverNumbers = (text: string): string => text.replaceAll(/\d{7,}[Xx]?/g, (number) => `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`);

/** 请求列表行. */
export function presentRow({ kit, today }: Pick<Ctx, 'kit' | 'today'>, row: RequestRecord): Row {
  const { id, receivedOn, kind, asker, status, dueOn, registeredByName, proposedByName, decidedByName, decidedAt, outcome } = row;
  return { id, receivedOn, kind, person: covered(personOf(kit.vault, row).name), asker, status, dueOn, isOverdue: (status === 'open' || status === 'proposed') && dueOn < today, registeredByName, proposedByName, decidedByName, decidedAt, outcome };
}

/** 请求详情, with what the asking person may do and why not. */
export async function presentRequest(db: Db, ctx: Ctx, row: RequestRecord): Promise<z.output<typeof PersonRequest>> {
  const { name, idNumber, phone } = personOf(ctx.kit.vault, row);
  const { status, kind } = row;
  const isOver = status === 'done' || status === 'refused';
  const over = '这件请求已经办结';
  const erasure = await db.selectFrom('privacy.erasure').selectAll().where('id', '=', makeId<'Erasure'>(row.id)).where('countyId', '=', row.countyId).executeTakeFirst();
  const refused = erasureByTwo.check({ state: status, deciderId: ctx.actor.userId, others: [row.registeredBy, row.proposedBy] });
  const mayDecide = ctx.actor.role !== null && roleMay(ctx.actor.role, 'privacy.approve');
  return {
    ...presentRow(ctx, row), name, idNumber: idNumber === null ? null : coverNumbers(idNumber), phone: phone === null ? null : coverNumbers(phone), identityCheck: row.identityCheck, asked: row.asked, ground: row.ground, corrected: correctedOf(row), version: row.version,
    erasure: erasure === undefined ? null : ErasureShape.parse({ ...erasure, reapplied: erasure.reappliedAt, backups: backupNote }),
    can: {
      look: row.clearedAt === null || '姓名和号码已清除，不能再查找', answer: isOver ? over : status === 'proposed' ? '已经提请批准删除' : true,
      propose: kind !== 'erasure' ? '只有删除请求要批准' : isOver ? over : status === 'proposed' ? '已经提请批准' : true,
      decide: !mayDecide ? '由住建局领导批准' : refused.length === 0 || refused.map(({ message }) => message).join('；'),
    },
  };
}

/** 限度 as people read it. */
export function presentLimit({ what, source, until }: Limit): { what: string; basis: string; until: string } {
  const { title, clause } = basisText(source);
  return { what, basis: `《${title.replace(/^中华人民共和国|（\d{4}年修订）$/g, '')}》${clause ?? ''}`, until };
}

/** 查到的一处, numbers covered. */
export const presentRecord = (record: PersonalRecord, chosen: readonly string[]): z.output<typeof PersonRecord> => ({
  key: keyOf(record), title: record.title, match: record.match, because: record.because, fields: record.fields.map(({ name, value }) => ({ name, value: coverNumbers(value) })), purpose: record.purpose, until: record.until, erases: record.erases,
  keeps: record.keeps.map(presentLimit), isChosen: isOf(record, chosen), subject: record.subject === undefined ? null : { kind: record.subject[0], id: record.subject[1] },
});

/** 是否本人的: what was ticked; before anything was, what is sure. */
export const isOf = (record: PersonalRecord, chosen: readonly string[]): boolean => (chosen.length === 0 ? record.match !== 'check' : chosen.includes(keyOf(record)));
