import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { PaperVerification, verifyPaper } from '#contract/paper.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { Loading } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';
import './paper.css';

/** 公文核验: for anybody who holds a paper, without signing in. */
export function VerifyPage() {
  const params: Record<string, unknown> = useParams({ strict: false });
  const verifyCode = typeof params['verifyCode'] === 'string' ? params['verifyCode'] : '';
  return (
    <main className="sz-sign-in">
      <Page title="公文核验" lead="核对手里的文书是不是真的、还有没有效。">
        <CodeForm key={verifyCode} code={verifyCode} />
        {verifyCode !== '' && <Outcome verifyCode={verifyCode} />}
      </Page>
    </main>
  );
}

function CodeForm({ code }: { code: string }) {
  const navigate = useNavigate();
  const [text, type] = useState(code);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void navigate({ to: `${paths.verify}/${encodeURIComponent(text.trim())}` });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <div className="sz-field"><label htmlFor="verify-code">核验码（印在文书二维码旁，20 个字母和数字）</label><Input id="verify-code" value={text} maxLength={40} autoComplete="off" onChange={(event) => type(event.target.value)} /></div>
      <div className="sz-form-foot"><Button type="primary" htmlType="submit">核验</Button></div>
    </form>
  );
}

function Outcome({ verifyCode }: { verifyCode: string }) {
  const found = useRoute(verifyPaper, { params: { verifyCode } });
  if (found.isPending) return <Loading rows={4} />;
  if (found.error !== null) return <p role="alert" className="sz-verify-bad">{found.error.message}</p>;
  const value = found.data;
  return (
    <section className="sz-section sz-verify" aria-label="核验结果" role="status">
      <p className={value.isValid ? 'sz-verify-good' : 'sz-verify-bad'}>{value.isValid ? '查到这份文书，现行有效' : '这份文书已经作废，不再有效'}</p>
      <Facts of={PaperVerification} value={value} names={['issuer', 'kind', 'number', 'title', 'issuedOn', ...(value.cancelledOn === null ? [] : ['cancelledOn' as const]), 'checkCode']} />
      <p className="sz-muted">请与手里的文书逐项核对：单位、字号、标题、日期和校验码都要相同。只核对这里的记录，不要点击文书以外的短信链接。</p>
    </section>
  );
}
