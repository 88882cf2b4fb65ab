import { exportPersonalData, getPersonalData, PersonalColumn } from '#contract/privacy.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { PrivacyDoors } from './PrivacyDoors.tsx';

const columns = columnsOf(PersonalColumn, ['table', 'kind', 'holders', 'purpose', 'ground', 'protection', 'readers', 'kept', 'column'], { extra: ['column'] });

/** 个人信息清单: what is held, why, how it is kept, who sees it and until when. */
export function PersonalDataPage() {
  const inventory = useRoute(getPersonalData);
  return (
    <Page title="个人信息清单" lead="由数据库的字段说明自动列出：存了什么、为什么存、怎样保护、谁能看、存到什么时候。" needs={[inventory]} actions={<><PrivacyDoors /><ExportButton route={exportPersonalData} filtered={{}} /></>}>
      <Table name="个人信息清单" keep="/personal-data" columns={columns} rows={inventory.data?.rows} rowKey={(row) => row.column} empty="没有存放个人信息的字段" />
    </Page>
  );
}
