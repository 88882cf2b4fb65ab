import { StatusTag } from '#web/kit/StatusTag.tsx';

/** 业委会标签: established, expired, preparing, or none. */
export function CommitteeTag({ committee }: { committee: { readonly status: 'established' | 'preparing' | 'dissolved'; readonly isExpired: boolean } | null }) {
  if (committee === null) return <StatusTag>无</StatusTag>;
  if (committee.status === 'preparing') return <StatusTag tone="info">筹备中</StatusTag>;
  if (committee.status === 'dissolved') return <StatusTag>已终止</StatusTag>;
  return committee.isExpired ? <StatusTag tone="warn">已成立，届满未换届</StatusTag> : <StatusTag tone="good">已成立</StatusTag>;
}

/** 归档、演示标签. */
export function RecordTags({ archivedAt, isDemo = false }: { archivedAt: string | null; isDemo?: boolean }) {
  return <>{archivedAt !== null && <StatusTag tone="warn">已归档</StatusTag>}{isDemo && <StatusTag>演示数据</StatusTag>}</>;
}
