import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { addReceiptFacts, confirmReceipt, disputeReceipt, openReceipt } from '#contract/owner.ts';
import { complaintStatusLabels } from '#domain/complaint/lifecycle.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { instantText } from '#domain/kernel/words.ts';
import { call, Refusal } from '../api.ts';
import { Page } from '../parts/Page.tsx';
import { Rating } from '../parts/Rating.tsx';
import { Say } from '../parts/Say.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { useAnswer } from '../use-answer.ts';

type Receipt = Answer<typeof openReceipt>;

/** 回执页: where it stands, by when, what was done, and what the complainant may do. */
export function ReceiptPage({ token }: { token: string }) {
  const asked = useAnswer(token, () => call(openReceipt, { body: { token } }));
  const [changed, setChanged] = useState<Receipt | null>(null);
  const receipt = changed ?? asked.data;
  if (token === '') return <Page title="查进度"><p>请打开提交后得到的网址，或扫登记时拿到的纸质回执上的二维码。</p></Page>;
  if (receipt === undefined) return <Page title="查进度"><Waiting of={asked} /></Page>;
  return (
    <Page title={receipt.no} lead={[receipt.estate, receipt.category.replace(/^[A-Z]\d+ /, '')].filter(Boolean).join('，')}>
      <Standing receipt={receipt} />
      <Reply receipt={receipt} />
      <Acts token={token} receipt={receipt} onDone={setChanged} />
      <Steps receipt={receipt} />
      <section aria-label="我反映的情况"><h2>我反映的情况</h2><p>{receipt.body}</p><p className="soft">{dateText(receipt.receivedOn)}收到</p></section>
      <Keep no={receipt.no} />
    </Page>
  );
}

function Standing({ receipt: { status, handler, nextWords, nextDueOn, why, waitsUntilOn, refusal, mergedIntoNo } }: { receipt: Receipt }) {
  return (
    <section aria-label="现在">
      <h2>{complaintStatusLabels[status]}</h2>
      {refusal === null ? <p>现在由{handler}办理。{nextWords === '' ? '' : `${nextWords.replace(/。$/, '')}。`}</p> : <p>{refusal}</p>}
      {nextDueOn !== null && <p><strong>最迟{dateText(nextDueOn)}</strong>（含当天）。</p>}
      {why.length > 0 && <details><summary>为什么是这一天</summary><ul>{why.map((line) => <li key={line}>{line}</li>)}</ul></details>}
      {waitsUntilOn !== null && <p className="warn">办理单位请您补充情况，请在{dateText(waitsUntilOn)}前补充。</p>}
      {mergedIntoNo !== null && <p>和{mergedIntoNo}是同一件事，合在一起办；进度在这里照样看得到。</p>}
    </section>
  );
}

function Reply({ receipt: { status, reply, outcome, satisfaction } }: { receipt: Receipt }) {
  if (reply === null) return null;
  const title = status === 'replied' || status === 'closed' ? '答复' : '上一次的答复';
  return <section aria-label={title}><h2>{title}</h2>{outcome !== null && <p><strong>{outcome}</strong></p>}<p>{reply}</p>{satisfaction !== null && <p className="soft">您的评价：{satisfaction}</p>}</section>;
}

function Acts({ token, receipt: { can, satisfaction }, onDone }: { token: string; receipt: Receipt; onDone: (after: Receipt) => void }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const done = async (work: Promise<Receipt>): Promise<boolean> => {
    try {
      onDone(await work);
      setRefusal(null);
      return true;
    } catch (error) {
      setRefusal(error instanceof Refusal ? error.message : '系统出错了，请稍后再试');
      return false;
    }
  };
  return (
    <>
      {refusal !== null && <p role="alert" className="bad">{refusal}</p>}
      {can.confirm === true && satisfaction === null && (
        <Rating send={(value, why) => done(call(confirmReceipt, { body: { token, satisfaction: value, why } }))} />
      )}
      {can.dispute === true && <Say title="不同意这个答复" label="有什么新的情况" words="提出异议" send={(newFact) => done(call(disputeReceipt, { body: { token, newFact } }))} />}
      {can.addFacts === true && <Say title="补充情况" label="要补充什么" words="补充" send={(text) => done(call(addReceiptFacts, { body: { token, text } }))} />}
    </>
  );
}

function Steps({ receipt: { steps } }: { receipt: Receipt }) {
  return <section aria-label="办理过程"><h2>办理过程</h2><ol className="steps">{steps.map((step) => <li key={`${step.at}${step.title}`}><strong>{step.title}</strong>　{step.body}{step.note !== '' && <p>{step.note}</p>}<p className="soft">{instantText(step.at)}</p></li>)}</ol></section>;
}

/** The link is the only key: whoever loses it asks at the counter. */
function Keep({ no }: { no: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <section aria-label="留好这个页面">
      <h2>留好这个页面</h2>
      <p>凭这个网址随时查进度，请收藏或截图，不要发到群里：谁有网址谁就能看到和补充。编号{no}也可以到社区窗口查。</p>
      <button type="button" onClick={() => { void navigator.clipboard.writeText(window.location.href).then(() => { setCopied(true); }, () => { setCopied(false); }); }}>{isCopied ? '已复制' : '复制网址'}</button>
    </section>
  );
}
