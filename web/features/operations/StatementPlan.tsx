import './operations.css';
import type { Id } from '#domain/kernel/brand.ts';
import { getStatementPlan } from '#contract/operations/watch.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Failed, Loading } from '#web/kit/states.tsx';

/** 语句和执行计划: the statement whole, and its plan for any values. */
export function StatementPlan({ id, text }: { id: Id<'SlowStatement'>; text: string }) {
  const plan = useRoute(getStatementPlan, { params: { slowStatementId: id } });
  return (
    <>
      <p><strong>语句</strong></p>
      <pre className="sz-code" tabIndex={0}>{text}</pre>
      <p><strong>执行计划</strong></p>
      {plan.data !== undefined ? <pre className="sz-code" tabIndex={0}>{plan.data.plan}</pre> : plan.error !== null ? <Failed error={plan.error} /> : <Loading rows={3} />}
    </>
  );
}
