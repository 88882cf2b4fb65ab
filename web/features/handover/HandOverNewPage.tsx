import { useNavigate } from '@tanstack/react-router';
import { Alert, Checkbox } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getHoldings, postHandOver } from '#contract/handover.ts';
import { listUsers } from '#contract/administration/user.ts';
import { isId, type Id } from '#domain/kernel/brand.ts';
import { call } from '#web/kit/api/call.ts';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { RouteForm, type FieldExtra } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { todayOfClock } from '#web/kit/schema/words.ts';
import { paths } from '#web/paths.ts';
import { ItemTable } from './ItemTable.tsx';
import './handover.css';

type Start = Answer<typeof getHoldings>;

/** 发起交接: from whom, and what that person has in hand; then to whom, when and why. */
export function HandOverNewPage() {
  const [{ userId }, change] = useUrlState();
  const fromId = userId !== undefined && isId<'AppUser'>(userId) ? userId : null;
  return (
    <Page title="发起工作交接" lead="发起后先由移交人核对清单、签字，再由接手人签收。第二个签字落下时才移交，之前都可以取消。">
      <Section title="移交人">
        <div className="sz-form"><FieldRow id="hand-over-from" title="移交人" isRequired><RecordPicker id="hand-over-from" value={fromId ?? ''} what="用户" find={(q) => findUsers(q, [])} name={nameOf} onChange={(next) => change({ userId: next })} /></FieldRow></div>
      </Section>
      {fromId !== null && <Chosen key={fromId} fromId={fromId} />}
    </Page>
  );
}

function Chosen({ fromId }: { fromId: Id<'AppUser'> }) {
  const start = useRoute(getHoldings, { params: { userId: fromId } });
  const value = start.data;
  if (value === undefined) return start.error === null ? null : <Alert type="error" showIcon title={start.error.message} />;
  if (value.underWay !== null) return <Section title="正在办理"><p>{value.from.name}已有一次没有办完的交接。</p><LinkButton to={paths.handOver(value.underWay)} isPrimary>打开这次交接</LinkButton></Section>;
  if (value.grants.length === 0) return <Section title="没有可以移交的"><p>{value.from.name}没有在任岗位。</p></Section>;
  return <Begin value={value} />;
}

function Begin({ value }: { value: Start }) {
  const navigate = useNavigate();
  const [chosen, choose] = useState<readonly Id<'UserGrant'>[]>(value.grants.map(({ id }) => id));
  const isAll = chosen.length === value.grants.length;
  return (
    <>
      <Section title={`${value.from.name}名下`} note="发起后、签字前又有变化的，以签字时的清单为准">
        <ItemTable items={value.items} />
      </Section>
      <Section title="交给谁">
        {value.grants.length > 1 && (
          <fieldset className="sz-checks sz-hand-posts">
            <legend>移交哪些岗位（名下事项随岗位走）</legend>
            {value.grants.map((grant) => <Checkbox key={grant.id} checked={chosen.includes(grant.id)} onChange={(event) => choose(event.target.checked ? [...chosen, grant.id] : chosen.filter((id) => id !== grant.id))}>{grant.roleTitle}（{grant.scopeName}）</Checkbox>)}
          </fieldset>
        )}
        <RouteForm
          route={postHandOver} submit="发起交接" keepsDraft={false} first={{ plannedOn: todayOfClock(), cause: 'transferred' }} fixed={{ fromId: value.from.id, ...(isAll ? {} : { grantIds: chosen }) }}
          onDone={(made) => void navigate({ to: paths.handOver(made.id) })}
          extras={{
            toId: { help: '还没有账号的，先到“用户与岗位”新增', control: picker([value.from.id]) }, witnessId: { help: '设了监交人，须监交人也签字后才能签收', control: picker([value.from.id]) },
            cause: { help: '休假代管到期自动交还，其他的移交后不再有岗位的账号即停用' }, reason: { help: '如：调任，安人社发〔2026〕3号' }, plannedOn: { help: '接手人从这一天起才能签收' },
          }}
        />
      </Section>
    </>
  );
}

type Control = NonNullable<FieldExtra['control']>;
const picker = (except: readonly string[]): Control => ({ text, onType, ...rest }) => <RecordPicker {...rest} value={text} onChange={onType} what="用户" find={(q) => findUsers(q, except)} name={nameOf} />;

async function findUsers(q: string, except: readonly string[]) {
  const { rows } = await call(listUsers, { query: { q, limit: 10, status: 'active' } });
  return rows.filter((row) => !except.includes(row.id)).map((row) => ({ value: row.id, label: row.name, detail: [row.login, ...row.grants.slice(0, 1).map((grant) => `${grant.roleTitle}（${grant.scopeName}）`)].join('，') }));
}

async function nameOf(id: string): Promise<string> {
  return isId<'AppUser'>(id) ? (await call(getHoldings, { params: { userId: id } })).from.name : '';
}
