/** 一条语句 as a request sent it: its text, its values, and the connection it went over. */
export interface Statement { readonly text: string; readonly values: readonly unknown[]; readonly connection: number }

/** 语句的用途: the session of the request, its transaction frame, or the operation itself. */
export function purposeOf({ text }: Statement): 'session' | 'frame' | 'operation' {
  if (/"?platform"?\."?(session|idempotency_key)"?|user_grant|app_user/.test(text)) return 'session';
  return /^(begin|commit|rollback|select set_config)/i.test(text.trim()) ? 'frame' : 'operation';
}

/** 各事务: one list of statements for each transaction, in the order they began. */
export function transactions(statements: readonly Statement[]): Statement[][] {
  const open = new Map<number, Statement[]>();
  const all: Statement[][] = [];
  for (const statement of statements) {
    const begins = /^begin/i.test(statement.text.trim());
    const current = begins ? [] : (open.get(statement.connection) ?? []);
    if (begins || !open.has(statement.connection)) { open.set(statement.connection, current); all.push(current); }
    current.push(statement);
  }
  return all;
}

/** Only the transactions that do the operation's own work, without the session's. */
export const withoutSession = (statements: readonly Statement[]): Statement[] =>
  transactions(statements).filter((each) => each.some((statement) => purposeOf(statement) === 'operation')).flat();
