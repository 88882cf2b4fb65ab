import { listPersonRequests } from '#contract/person-request.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 个人信息保护各页. */
export function PrivacyDoors() {
  const may = useMay();
  return <>{may(listPersonRequests.permission) && <LinkButton to={paths.personRequests}>个人信息请求</LinkButton>}<LinkButton to={paths.deletions}>到期删除</LinkButton><LinkButton to={paths.lookupFlags}>批量查询提示</LinkButton><LinkButton to={paths.selfChecks}>合规自查</LinkButton></>;
}
