import { useState } from 'react';
import { Button, Modal } from 'antd';
import { listRoles } from '#contract/administration/grant.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { plainLabel } from '#web/kit/schema/labels.ts';
import { Failed, Loading } from '#web/kit/states.tsx';

/** 角色说明: what each role covers and may do. */
export function Roles() {
  const [isOpen, open] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => open(true)}>各角色能做什么</Button>
      <Modal title="各角色能做什么" open={isOpen} onCancel={() => open(false)} footer={<Button onClick={() => open(false)}>关闭</Button>} width={720} destroyOnHidden>{isOpen && <RoleList />}</Modal>
    </>
  );
}

function RoleList() {
  const roles = useRoute(listRoles);
  if (roles.error !== null) return <Failed error={roles.error} onRetry={() => void roles.refetch()} />;
  if (roles.data === undefined) return <Loading />;
  return (
    <>
      <p className="sz-notice">系统、安全、审计三种管理员由不同的人担任，一人不能兼任；可以设在别的单位（如数据局）。</p>
      <dl className="sz-facts sz-facts-long">
        {roles.data.rows.map((role) => <div key={role.role}><dt>{role.title}</dt><dd>管辖{plainLabel(role.level)}：{role.permissions.map((one) => one.title).join('、') || '只办本人的事'}</dd></div>)}
      </dl>
    </>
  );
}
