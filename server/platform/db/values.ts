import { types, type CustomTypesConfig } from 'pg';

const INT8 = 20, DATE = 1082, TIMESTAMP = 1114, TIMESTAMPTZ = 1184, DATE_ARRAY = 1182;

/** Whole numbers only, and only those JavaScript holds exactly. @throws RangeError past 2^53 */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint past 2^53: ${text}`);
  return value;
}

/** 时刻 as PostgreSQL writes it: `2026-11-22 23:00:00.123456+00` → `2026-11-22T23:00:00.123Z`; sessions run in UTC. */
export function instantText(text: string): string {
  const [day = '', rest = ''] = text.split(' ');
  const [clock = '', fraction = ''] = rest.replace(/\+00$/, '').split('.');
  return `${day}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
}

/** 数据库值:dates stay text, instants become ISO text, bigint becomes a checked number; `timestamp` without zone is refused. */
export const valueTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    switch (oid) {
      case INT8: return safeInteger;
      case DATE: return (text: string) => text;
      case DATE_ARRAY: return (text: string) => text.slice(1, -1).split(',').filter(Boolean);
      case TIMESTAMPTZ: return instantText;
      case TIMESTAMP: return () => { throw new TypeError('timestamp without time zone is not used here'); };
      default: return types.getTypeParser(oid, format);
    }
  }) as CustomTypesConfig['getTypeParser'],
};
