import { useNavigate } from '@tanstack/react-router';
import { postPersonRequest } from '#contract/person-request.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { todayOfClock } from '#web/kit/schema/words.ts';
import { paths } from '#web/paths.ts';

/** 登记个人信息请求. Nothing of it is kept in the browser as a draft. */
export function PersonRequestNewPage() {
  const navigate = useNavigate();
  return (
    <Page title="登记个人信息请求" lead="先核实来人身份再登记。受托人要有委托书；本人已去世的，近亲属为自身合法、正当利益也可以提出（《个人信息保护法》第四十九条）。">
      <Section title="请求">
        <RouteForm
          route={postPersonRequest} submit="登记并查找" keepsDraft={false} first={{ receivedOn: todayOfClock(), kind: 'copy', asker: 'self' }} onDone={({ id }) => void navigate({ to: paths.personRequest(id) })}
          extras={{
            idNumber: { help: '证件号和电话至少填一项，用来与同名的人分开；加密保存，办结后到期清除' }, identityCheck: { help: '如：现场核对身份证原件；不必写号码，不收复印件' }, asked: { help: '如：查阅本人全部信息并复制；电话已换，请更正；房屋已出售，请删除' },
          }}
        />
      </Section>
    </Page>
  );
}
