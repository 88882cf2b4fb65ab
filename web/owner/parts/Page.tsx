import { useEffect, useRef, type ReactNode } from 'react';
import { hasMoved } from '../address.ts';

/** 一页: its title is what a screen reader says first after every step. */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { document.title = title; }, [title]);
  useEffect(() => { if (hasMoved()) heading.current?.focus(); }, []);
  return (
    <main id="content">
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </main>
  );
}
