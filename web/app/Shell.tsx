import { MenuOutlined } from '@ant-design/icons';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useMay, useMe, type Me } from '#web/kit/session/use-me.ts';
import { Failed, Loading } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import { Bell } from './Bell.tsx';
import { Nav } from './Nav.tsx';
import { Outdated } from './Outdated.tsx';
import { Search } from './Search.tsx';
import { UserMenu } from './UserMenu.tsx';

/** 框架: header, navigation and the page; signed-out people go to sign in, first-timers to change the password. */
export function Shell() {
  const me = useMe();
  const { pathname, href } = useLocation();
  if (me.isPending) return <main className="sz-alone"><Loading /></main>;
  if (me.data === undefined) return <main className="sz-alone"><h1>连接不上系统</h1><Failed error={me.error} onRetry={() => void me.refetch()} /></main>;
  if (me.data === null) return <Leave key="sign-in" to={paths.signIn} next={href === '/' || pathname === paths.signIn ? null : href} />;
  if (me.data.user.mustChangePassword && pathname !== paths.password) return <Leave key="password" to={paths.password} next={null} />;
  if (!me.data.user.mustChangePassword && mustEnrol(me.data) && pathname !== paths.totp) return <Leave key="totp" to={paths.totp} next={null} />;
  return <Frame me={me.data} />;
}

/** The post demands a one-time code, and there is none yet. */
const mustEnrol = ({ user }: Me): boolean => user.needsTotp && !user.hasTotp;

/** Goes once, to what was asked first: while it goes, the address already changes under the frame that is left. */
function Leave({ to, next }: { to: string; next: string | null }) {
  const navigate = useNavigate();
  const [first] = useState(next);
  const hasLeft = useRef(false);
  useEffect(() => {
    if (hasLeft.current) return;
    hasLeft.current = true;
    void navigate({ to, search: first === null ? {} : { next: first }, replace: true });
  }, [navigate, to, first]);
  return <main className="sz-alone"><Loading /></main>;
}

function Frame({ me }: { me: Me }) {
  const may = useMay();
  const [isOpen, open] = useState(false);
  const mayWork = !me.user.mustChangePassword && !mustEnrol(me);
  return (
    <div className="sz-shell">
      <a className="sz-skip" href="#main">跳到正文</a>
      <header className="sz-header no-print">
        {mayWork && <Button className="sz-menu-button" icon={<MenuOutlined />} aria-label="打开导航" aria-expanded={isOpen} onClick={() => open(true)} />}
        <Link to={paths.home} className="sz-brand"><strong>善治</strong><span>{me.county.name}</span></Link>
        {me.isDemo && <span className="sz-demo">演示数据</span>}
        {mayWork && may('registry.read') && <Search />}
        {mayWork && <Bell />}
        <UserMenu me={me} />
      </header>
      <Outdated />
      <div className="sz-body">
        {mayWork && <aside className="sz-side no-print"><Nav /></aside>}
        <main id="main" tabIndex={-1}><Suspense fallback={<Loading />}><Outlet /></Suspense></main>
      </div>
      <Drawer open={isOpen} onClose={() => open(false)} placement="left" title="导航" size={280} destroyOnHidden>{isOpen && <Nav onFollow={() => open(false)} />}</Drawer>
    </div>
  );
}
