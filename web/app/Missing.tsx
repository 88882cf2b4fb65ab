import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { paths } from '#web/paths.ts';

/** 没有这个页面. */
export function Missing() {
  return (
    <main className="sz-alone">
      <h1>没有这个页面</h1>
      <p>地址可能抄错了，或者页面已经改名。</p>
      <p><Link to={paths.home} className="sz-action">回到首页</Link></p>
    </main>
  );
}

/** 页面出错: a mistake of ours; what was typed is kept, so a reload is safe. */
export function Crashed() {
  return (
    <div className="sz-alone" role="alert">
      <h1>页面出错了</h1>
      <p>请刷新页面。已填写的内容还在；若仍出错，请告诉系统管理员您刚才点了什么。</p>
      <Button type="primary" onClick={() => window.location.reload()}>刷新页面</Button>
    </div>
  );
}
