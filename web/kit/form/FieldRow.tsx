import type { ReactNode } from 'react';

/** 填写项: label, control, help and error, tied together for those who cannot see them. */
export function FieldRow({ id, title, isRequired, help, error, isWide = false, children }: {
  id: string; title: string; isRequired: boolean; help?: ReactNode; error?: string | undefined; isWide?: boolean; children: ReactNode;
}) {
  return (
    <div className={isWide ? 'sz-field sz-field-wide' : 'sz-field'}>
      <label htmlFor={id} className={isRequired ? 'sz-needed' : undefined}>{title}</label>
      {children}
      {help !== undefined && <p id={`${id}-help`} className="sz-help">{help}</p>}
      {error !== undefined && <p id={`${id}-error`} className="sz-error" role="alert">{error}</p>}
    </div>
  );
}

/** Which of help and error exist, for `aria-describedby`. */
export function describedBy(id: string, help: unknown, error: unknown): string | undefined {
  const ids = [help === undefined ? '' : `${id}-help`, error === undefined ? '' : `${id}-error`].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
}
