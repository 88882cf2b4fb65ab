import { OWNER_HOME } from '#contract/owner-paths.ts';
import { Go } from '../parts/Go.tsx';
import { Page } from '../parts/Page.tsx';

/** 没有这一页. */
export function MissingPage() {
  return <Page title="没有这一页"><p>地址可能没有复制完整。</p><p><Go to={OWNER_HOME} className="button">按名称找小区</Go></p></Page>;
}
