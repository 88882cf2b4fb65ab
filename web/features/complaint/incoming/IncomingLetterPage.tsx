import { useEffect, useRef, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { postComplaint } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { postIncomingLetterFacts, postIncomingLetterReading } from '#contract/incoming-letter.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { Found } from '../LetterDrop.tsx';
import { RegisterForm } from '../RegisterForm.tsx';
import { Slip } from '../Slip.tsx';

/** 打开来信登记: the look is recorded once for each time the page is opened. */
export function IncomingLetterPage() {
  const letterId = useParam('IncomingLetter', 'letterId');
  const navigate = useNavigate();
  const me = useMe();
  const [made, make] = useState<Answer<typeof postComplaint> | null>(null);
  const opening = useMutationOf(postIncomingLetterReading);
  const asked = useRef('');
  const { mutate } = opening;
  useEffect(() => {
    if (asked.current === letterId) return;
    asked.current = letterId;
    mutate({ params: { letterId } });
  }, [letterId, mutate]);
  const read = opening.data;
  if (made !== null) return <Page title="已登记" lead="留了邮箱的，回执同时寄到邮箱（本县启用邮件的）。"><Slip slip={made} onNext={() => void navigate({ to: paths.incomingLetters })} /></Page>;
  return (
    <Page title="登记来信" needs={[me]} lead="核对来信的内容，选好小区和类别后登记；信和附件随投诉件保存。打开来信已留痕。" actions={<LinkButton to={paths.incomingLetters}>来信待登记</LinkButton>}>
      {opening.error !== null ? <Failed error={opening.error} /> : read === undefined || me.data === undefined ? <Loading /> : (
        <>
          <Section title={`来信：${read.letter.subject === '' ? '（没有主题）' : read.letter.subject}`}>
            <Found letter={read} />
            <p>{read.letter.suggested === null ? '是对以前某一件的补充的，不用另登记：' : `像是对${read.letter.suggested.no}的补充，${read.letter.suggested.isSameSender ? '寄信人的邮箱与那一件一致' : '寄信人的邮箱与那一件不一致或者没有留，请核对'}：`}
              <RouteDialog route={postIncomingLetterFacts} params={{ letterId }} words="作为补充情况登记" title="作为补充情况登记" submit="登记补充" done="已登记，信随那一件保存" first={{ no: read.letter.suggested?.no ?? '', words: read.body }} onDone={({ id }) => void navigate({ to: paths.complaint(id) })} />
            </p>
          </Section>
          {read.known === null && <RegisterForm letter={read} onDone={make} />}
        </>
      )}
    </Page>
  );
}
