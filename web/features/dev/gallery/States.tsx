import { Button } from 'antd';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';

const refused = new ProblemError(403, { code: 'access.denied', title: '没有权限', detail: '当前岗位不能查看操作记录' });
const missing = new ProblemError(404, { code: 'not-found', title: '没有找到', detail: '没有这个小区' });
const broken = new ProblemError(500, { title: '系统出错', detail: '系统出错，请稍后再试', instance: 'urn:request:0193-示例' });
const offline = new ProblemError(0, { title: '连接不上系统', detail: '连接不上系统，请检查网络后重试。已填写的内容不会丢失。' });
const nothing = () => undefined;

/** 状态: nothing, reading, and every way to fail. */
export function States() {
  return (
    <>
      <Section title="没有内容"><Nothing words="还没有登记服务合同" action={<Button>登记服务合同</Button>} /></Section>
      <Section title="正在读取"><Loading rows={3} /></Section>
      <Section title="没有权限"><Failed error={refused} onRetry={nothing} /></Section>
      <Section title="没有找到"><Failed error={missing} onRetry={nothing} /></Section>
      <Section title="系统出错"><Failed error={broken} onRetry={nothing} /></Section>
      <Section title="连接不上"><Failed error={offline} onRetry={nothing} /></Section>
      <Section title="页面出错"><Failed error={new Error('示例')} onRetry={nothing} /></Section>
    </>
  );
}
