/** 一条语句 as a request sent it: its text, its values, and the connection it went over. */
export interface Statement { readonly text: string; readonly values: readonly unknown[]; readonly connection: number }

/** 语句的用途: the session of the request, its transaction frame, or the operation itself. */
export function purposeOf({ text }: Statement): 'session' | 'frame' | 'operation' {
  if (/"?platform"?\."?(session|open_session|idempotency_key)"?|user_grant|app_user|synchronous_commit/.test(text)) return 'session';
  return /^(begin|commit|rollback|select set_config)/i.test(text.trim()) ? 'frame' : 'operation';
}

/** 各事务: one list of statements for each transaction, in the order they began; a statement outside any is a list of its own. */
export function transactions(statements: readonly Statement[]): Statement[][] {
  const open = new Map<number, Statement[]>();
  const all: Statement[][] = [];
  for (const statement of statements) {
    const running = open.get(statement.connection);
    const current = running ?? [];
    if (!running) all.push(current);
    current.push(statement);
    if (/^begin/i.test(statement.text.trim())) open.set(statement.connection, current);
    if (/^(commit|rollback)/i.test(statement.text.trim())) open.delete(statement.connection);
  }
  return all;
}

/** Only the transactions that do the operation's own work, without the session's. */
export const withoutSession = (statements: readonly Statement[]): Statement[] =>
  transactions(statements).filter((each) => each.some((statement) => purposeOf(statement) === 'operation')).flat().filter(({ text }) => !text.includes('open_session'));

/** Without what the worker did meanwhile: sealing the audit trail is no part of a request. */
export const withoutWorker = (statements: readonly Statement[]): Statement[] =>
  transactions(statements).filter((each) => !each.some(({ text }) => /"?audit"?\."?(seal|settled_entry_no)"?/.test(text))).flat();
