import { listPapers } from '#contract/paper.ts';
import { listFormationReadings } from '#contract/target.ts';
import { publicationSubjects, type PublicationKind } from '#domain/publication/kind.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';

interface SubjectChoiceProps { readonly value: string; readonly onChange: (id: string) => void }

/** 取自哪一条: what the item is drawn from. Nothing to choose for what is written by hand or drawn from the whole area. */
export function SubjectChoice({ kind, ...choice }: SubjectChoiceProps & { readonly kind: PublicationKind }) {
  switch (publicationSubjects[kind]) {
    case 'estate': return <div className="sz-field"><label htmlFor="subject">小区</label><EstatePicker id="subject" {...choice} /></div>;
    case 'paper': return <PaperChoice {...choice} />;
    case 'reading': return <ReadingChoice {...choice} />;
    case 'overdue': return choice.value === '' ? <p>请从“投诉”中的“逾期件数”页面点“拟公开稿”。</p> : null;
    case 'none': case 'county': return null;
  }
}

function PaperChoice({ value, onChange }: SubjectChoiceProps) {
  const papers = useRoute(listPapers, { query: { status: 'issued', limit: 100 } });
  const fit = (papers.data?.rows ?? []).filter(({ kind }) => kind === 'notice' || kind === 'public-notice');
  return (
    <div className="sz-field"><label htmlFor="subject">已签发的通知、公示</label>
      <Choice id="subject" value={value} blank={papers.data !== undefined && fit.length === 0 ? '还没有已签发的通知、公示，请先在“文书”中签发' : '请选择'} choices={Object.fromEntries(fit.map((paper) => [paper.id, [paper.number, paper.title].filter(Boolean).join(' ')]))} onChange={onChange} />
    </div>
  );
}

function ReadingChoice({ value, onChange }: SubjectChoiceProps) {
  const readings = useRoute(listFormationReadings, { query: { limit: 100 } });
  const rows = readings.data?.rows ?? [];
  return (
    <div className="sz-field"><label htmlFor="subject">已上报并固定的组建率</label>
      <Choice id="subject" value={value} blank={readings.data !== undefined && rows.length === 0 ? '还没有已固定的读数，请先在“业委会组建率”中上报' : '请选择'} choices={Object.fromEntries(rows.map((row) => [row.id, `截至${dateText(row.asOfOn)}：${row.rateText}`]))} onChange={onChange} />
    </div>
  );
}
