import { Link } from '@tanstack/react-router';
import { AccountLink, exportAccountLinks, listAccountLinks } from '#contract/administration/account-link.ts';
import { deliveryStatusLabels } from '#contract/notice.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { Guarded } from './Guarded.tsx';

const columns = columnsOf(AccountLink, ['name', 'login', 'purpose', 'status', 'madeBy', 'madeAt', 'validUntil', 'usedAt', 'letter', 'revokedReason', 'letterError'], {
  cells: { name: (row) => <Link to={paths.user(row.userId)}>{row.name}</Link>, madeBy: (row) => row.madeBy ?? '运维人员', letter: (row) => (row.letter === null ? '—' : deliveryStatusLabels[row.letter]) }, extra: ['revokedReason', 'letterError'],
});

/** 发出的链接: who was handed which link, and what became of it; the links themselves are kept nowhere. */
export function AccountLinksPage() {
  return (
    <Guarded title="发出的链接" route={listAccountLinks}>
      <ListPage
        route={listAccountLinks} exportRoute={exportAccountLinks} title="发出的链接" columns={columns} rowKey={(row) => String(row.linkNo)} empty="还没有发出过链接" without={['userId']}
        lead="邀请和重设密码的链接。链接本身不保存，丢了就重发；发了邮件的，“邮件”一栏写明发没发成；发错了点姓名，在“登录与安全”里撤销。" buttons={<LinkButton to={paths.users}>用户与岗位</LinkButton>}
      />
    </Guarded>
  );
}
