import { getErasureCertificate, type Erasure } from '#contract/person-request.ts';
import type { z } from 'zod';
import { erasureGrounds } from '#domain/privacy/words.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { Section } from '#web/kit/Page.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import './privacy.css';

/** 删除证明: counts and limits, never what was erased. */
export function ErasureCertificate({ id, erasure }: { id: Id<'PersonRequest'>; erasure: z.output<typeof Erasure> }) {
  return (
    <Section title="删除证明" actions={<DownloadLink href={apiUrl(getErasureCertificate, { params: { requestId: id } })}>下载 PDF</DownloadLink>}>
      <p>{erasureGrounds[erasure.ground]}。由{erasure.proposedByName}提出、{erasure.approvedByName}批准，于 <DateText value={erasure.erasedAt} /> 删除。{erasure.reapplied !== null && <>从备份恢复后，于 <DateText value={erasure.reapplied} /> 重新执行。</>}</p>
      <h3 className="sz-certified">已删除</h3>
      <Table
        name="已删除" rows={erasure.counts} rowKey={(row) => row.table} empty="没有可以删除的记录"
        columns={[{ key: 'title', title: '存放处', cell: (row) => row.title }, { key: 'rows', title: '删除条数', cell: (row) => row.rows, isNumber: true }]}
      />
      <h3 className="sz-certified">依法保留</h3>
      <Table
        name="依法保留" rows={erasure.kept} rowKey={(row) => row.what} empty="没有保留的部分"
        columns={[{ key: 'what', title: '保留的部分', cell: (row) => row.what }, { key: 'basis', title: '依据', cell: (row) => row.basis }, { key: 'until', title: '保存到', cell: (row) => row.until }]}
      />
      <h3 className="sz-certified">备份</h3>
      <p>{erasure.backups}</p>
    </Section>
  );
}
