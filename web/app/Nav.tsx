import { Link, useLocation } from '@tanstack/react-router';
import { useMay } from '#web/kit/session/use-me.ts';
import { nav } from './nav.ts';

/** 导航栏: what the active post may open. */
export function Nav({ onFollow }: { onFollow?: () => void }) {
  const may = useMay();
  const { pathname } = useLocation();
  const isHere = (to: string) => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`));
  return (
    <nav aria-label="主导航" className="sz-nav">
      {nav.map((group) => {
        const items = group.items.filter((item) => may(item.permission));
        if (items.length === 0) return null;
        return (
          <section key={group.title} aria-label={group.title}>
            <h2>{group.title}</h2>
            <ul>{items.map((item) => <li key={item.to}><Link to={item.to} aria-current={[item.to, ...(item.also ?? [])].some(isHere) ? 'page' : undefined} onClick={onFollow}>{item.title}</Link></li>)}</ul>
          </section>
        );
      })}
    </nav>
  );
}
