/** The migrated database that every test database is a copy of. */
export const TEMPLATE = 'shanzhi_template';

/** The same server and role as `url`, another database. */
export function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
