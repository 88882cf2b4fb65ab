import { DownloadOutlined } from '@ant-design/icons';
import { ActionButton, ActionLink } from '#web/kit/ActionLink.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { LONG } from './sample.ts';

const nothing = () => undefined;

/** 按钮: what can be pressed, what cannot and why. */
export function Buttons() {
  return (
    <>
      <Section title="操作按钮">
        <div className="sz-actions">
          <ActionButton isPrimary onClick={nothing}>主要操作</ActionButton><ActionButton onClick={nothing}>一般操作</ActionButton><ActionButton isDanger onClick={nothing}>撤销</ActionButton>
          <ActionButton isBusy onClick={nothing}>正在办理</ActionButton><ActionButton ability="合同还在履行，不能归档" onClick={nothing}>不能操作（说明原因）</ActionButton>
        </div>
      </Section>
      <Section title="链接"><div className="sz-actions"><ActionLink to={paths.kit}>可以打开</ActionLink><ActionLink to={paths.kit} ability="当前岗位没有权限">不能打开</ActionLink><LinkButton to={paths.kit} isPrimary>按钮样的链接</LinkButton><DownloadLink href="#" icon={<DownloadOutlined />}>导出 xlsx</DownloadLink></div></Section>
      <Section title="弹窗"><div className="sz-actions"><DialogButton words="打开弹窗" title={LONG}>{(close) => <><p>{LONG}</p><ActionButton onClick={close}>关闭弹窗</ActionButton></>}</DialogButton><DialogButton words="不能打开的弹窗" title="示例" ability="没有在任岗位可以交接">{() => null}</DialogButton></div></Section>
      <Section title="分享"><ShareBar name="示例" of="kit-share" text={() => '示例文字'} /><div id="kit-share"><p>这一块会成为长图。</p></div></Section>
    </>
  );
}
