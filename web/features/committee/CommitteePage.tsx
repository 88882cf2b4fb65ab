import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { archiveCommittee, Committee, CommitteeMember, CommitteeVersion, getCommittee, putCommittee } from '#contract/committee.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { MembersDialog } from './MembersDialog.tsx';

const members = columnsOf(CommitteeMember, ['name', 'post', 'phone', 'isPartyMember', 'validFrom', 'validTo']);
const versions = columnsOf(CommitteeVersion, ['name', 'status', 'sinceOn', 'untilOn', 'filedOn', 'endedOn', 'recordedAt', 'supersededAt']);

/** 业委会详情: its term, its members, and every version that was recorded. */
export function CommitteePage() {
  const committeeId = useParam('Committee', 'committeeId');
  const committee = useRoute(getCommittee, { params: { committeeId }, query: useAsOf() });
  const fix = useFix();
  const value = committee.data;
  return (
    <Page
      title={value?.name ?? '业主委员会'} needs={[committee]} lead={value !== undefined && <>{value.archivedAt !== null && <StatusTag tone="warn">已归档</StatusTag>}{value.isExpired && <StatusTag tone="warn">届满未换届</StatusTag>}</>}
      actions={value !== undefined && (
        <>
          <RouteDialog route={putCommittee} fix={fix === 'members' ? undefined : fix} params={{ committeeId }} version={value.version} first={value} words="修改" title="修改业委会（另存一版）" submit="保存" done="已保存为新的一版" ability={value.can.edit} />
          <MembersDialog committee={value} opensAtOnce={fix === 'members'} />
          <RouteDialog
            route={archiveCommittee} params={{ committeeId }} version={value.version} words="归档" title={`归档“${value.name}”`} submit="归档" done="已归档，不再计入统计" ability={value.can.archive} isDanger
            extras={{ reason: { help: '只用于登记有误、重复登记的。业委会已经终止的，请点“修改”，把状态改为“已终止”并填写终止日期' } }}
          />
        </>
      )}
    >
      {value !== undefined && (
        <>
          <AsOf />
          {value.warnings.length > 0 && <Alert type="warning" showIcon title="请核对" description={value.warnings.join('；')} style={{ marginBottom: 16 }} />}
          <Section title="基本情况"><Facts of={Committee} value={value} names={['estate', 'township', 'kind', 'status', 'sinceOn', 'untilOn', 'filedOn', 'endedOn', 'chair', 'memberCount']} instead={{ estate: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link> }} /></Section>
          <Section title="委员"><Table name="委员" columns={members} rows={value.members} rowKey={(row) => row.id} empty="没有登记委员" /></Section>
          <Section title="历次登记"><Table name="历次登记" columns={versions} rows={value.versions} rowKey={(row) => row.versionId} empty="没有修改过" /></Section>
          <Section title="操作历史"><History entries={value.history} /></Section>
        </>
      )}
    </Page>
  );
}
