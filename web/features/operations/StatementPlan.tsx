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
      <h3>语句</h3>
      <pre className="sz-code">{text}</pre>
      <h3>执行计划</h3>
      {plan.data !== undefined ? <pre className="sz-code">{plan.data.plan}</pre> : plan.error !== null ? <Failed error={plan.error} /> : <Loading rows={3} />}
    </>
  );
}
