import { useState } from 'react';
import { postComplaint } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { LetterDrop, type LetterRead } from './LetterDrop.tsx';
import { RegisterForm } from './RegisterForm.tsx';
import { Slip } from './Slip.tsx';
import './complaint.css';

/** 窗口代为登记: what happened and where is enough; the slip goes to whoever stands at the counter. */
export function ComplaintNewPage() {
  const [made, make] = useState<Answer<typeof postComplaint> | null>(null);
  const [letter, take] = useState<LetterRead | null>(null);
  const me = useMe();
  if (made !== null) return <Page title="已登记" lead="请把回执交给投诉人。"><Slip slip={made} onNext={() => { take(null); make(null); }} /></Page>;
  return (
    <Page title="登记投诉" needs={[me]} lead="替来窗口、打电话、写信的群众登记。姓名、电话可以不留；不收身份证号，不必拍照。" actions={<LinkButton to={paths.incomingLetters}>来信待登记</LinkButton>}>
      <LetterDrop letter={letter} onRead={take} />
      {me.data !== undefined && <RegisterForm key={letter?.ticket ?? ''} letter={letter} onDone={make} />}
    </Page>
  );
}
