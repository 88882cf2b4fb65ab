import { sql, type RawBuilder } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { Db } from '../db/types.ts';
import type { Retention } from '../module.ts';
import { parameterValue } from '../parameters/read.ts';
import { endFiles } from './end-files.ts';

/** `due` is from where on in the statement, files named `f`, those of the county that a day ends; `ended` stands where a file was. */
interface FileRetention extends Pick<Retention, 'kind' | 'title' | 'rule'> {
  readonly days: Parameter<number>;
  readonly ended: { readonly name: string; readonly text: string };
  readonly due: (countyId: string, day: LocalDate) => RawBuilder<unknown>;
}

/** 整份文件的到期删除: so many days after what it belonged to was over, another text stands where it was. */
export function fileRetention({ days, ended, due, ...retention }: FileRetention): Retention {
  const lastDay = async (db: Db, countyId: string, by: LocalDate) => addDays(by, -await parameterValue(db, countyId, days, by));
  return {
    ...retention, periods: [days],
    count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n ${due(countyId, await lastDay(db, countyId, by))}`.execute(db)).rows[0]?.n ?? 0,
    purge: async (tx, countyId, by, { files }) => {
      const { rows } = await sql<{ id: Id<'File'> }>`select f.id ${due(countyId, await lastDay(tx.db, countyId, by))}`.execute(tx.db);
      await endFiles(tx, files, rows.map(({ id }) => id), ended);
      return rows.length;
    },
  };
}
