import { getFormationReading, Reading } from '#contract/target.ts';
import { Facts, factsText } from '#web/kit/Facts.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { Table, tableText } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { estateColumns } from './estate-columns.tsx';

const names = ['asOfOn', 'rateText', 'part', 'whole', 'reportedTo', 'signer', 'reportedAt', 'definitionText'] as const;

/** 已上报的组建率: as it was reported, with every estate as it then stood. */
export function ReadingPage() {
  const readingId = useParam('Reading', 'readingId');
  const reading = useRoute(getFormationReading, { params: { readingId } });
  const value = reading.data;
  const may = useMay();
  return (
    <Page title="已上报的组建率" lead="上报时固定，不随台账变化。" needs={[reading]} actions={<>{may('publication.draft') && <LinkButton to={`${paths.publicationNew('formation')}?subjectId=${readingId}`}>拟公开稿件</LinkButton>}<LinkButton to={paths.formation}>回到组建率</LinkButton></>}>
      {value !== undefined && (
        <>
          <ShareBar name="已上报的组建率" of="reading" text={() => `${factsText(Reading, value, names)}\n${tableText(estateColumns, value.estates)}`} />
          <div id="reading">
            <Section title="上报内容"><Facts of={Reading} value={value} names={names} /></Section>
            <Section title="各小区"><Table name="各小区计入情况" columns={estateColumns} rows={value.estates} rowKey={(row) => row.estate.id} empty="没有小区" /></Section>
          </div>
        </>
      )}
    </Page>
  );
}
