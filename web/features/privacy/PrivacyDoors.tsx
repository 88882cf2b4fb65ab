import { LinkButton } from '#web/kit/LinkButton.tsx';
import { paths } from '#web/paths.ts';

/** 个人信息保护各页. */
export function PrivacyDoors() {
  return <><LinkButton to={paths.deletions}>到期删除</LinkButton><LinkButton to={paths.lookupFlags}>批量查询提示</LinkButton><LinkButton to={paths.selfChecks}>合规自查</LinkButton></>;
}
