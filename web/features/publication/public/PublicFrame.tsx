import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { apiUrl } from '#web/kit/api/url.ts';
import { getPublicFeed } from '#contract/publication.ts';
import { paths } from '#web/paths.ts';
import '../publication.css';

/** 公开页的框: large type, no session, nothing that follows the reader. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <main className="sz-public">
      <div className="sz-public-top"><Link to={paths.publicItems}><strong>公开信息</strong></Link><span className="no-print"><a href={apiUrl(getPublicFeed)}>订阅（Atom）</a></span></div>
      {children}
    </main>
  );
}
