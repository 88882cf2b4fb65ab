import { Alert, Button } from 'antd';
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { ProblemError } from '../api/problem-error.ts';
import { useMutationOf } from '../hooks/use-mutation-of.ts';
import { fieldsOf, type FieldFact } from '../schema/field-facts.ts';
import { describedBy, FieldRow } from './FieldRow.tsx';
import { FieldControl } from './FieldControl.tsx';
import { Restored } from './Restored.tsx';
import { readText, writeText } from './texts.ts';
import { draftKey } from './drafts.ts';
import { useDraft } from './use-draft.ts';

/** 填写项的特别之处. */
export interface FieldExtra {
  readonly title?: string;
  readonly help?: ReactNode;
  /** The name behind an id that the record already holds. */
  readonly known?: string | undefined;
  readonly isPassword?: boolean;
  /** Asked for here, though the route can do without. */
  readonly isNeeded?: boolean;
  /** Whether it is asked for at all, by what stands in the other fields. What was typed is kept, and not sent. */
  readonly applies?: (texts: Readonly<Record<string, string>>) => boolean;
  /** What the browser may fill in. */
  readonly autoComplete?: string;
  /** Draws the control itself. */
  readonly control?: (props: { id: string; text: string; onType: (text: string) => void; describedBy: string | undefined; isInvalid: boolean }) => ReactNode;
}

interface RouteFormProps<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  readonly route: Route<P, Q, B, R>;
  readonly params?: z.input<P>;
  /** What the fields hold at first. */
  readonly first?: Readonly<Record<string, unknown>>;
  /** Sent but not drawn. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly version?: number;
  readonly submit: string;
  readonly onDone: (answer: z.output<R>) => void;
  readonly onCancel?: () => void;
  readonly extras?: Readonly<Record<string, FieldExtra>>;
  /** Fields that are not sent when left blank, so that what is stored stays. */
  readonly keepsBlank?: readonly string[];
  /** False for secrets. */
  readonly keepsDraft?: boolean;
  /** Keeps drafts of one route apart: what the form is about, where the address of the route does not say it. */
  readonly draftOf?: string;
  /** Told of a refusal by its code. */
  readonly onRefused?: (code: string) => void;
  /** Codes that ask for more rather than refuse: nothing is shown for them. */
  readonly asks?: readonly string[];
  /** The field the cursor stands in at first. */
  readonly fix?: string | undefined;
  readonly children?: ReactNode;
}

/** 表单: its fields, labels and checks come from the route's body schema; errors from the server stand at their fields. */
export function RouteForm<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(props: RouteFormProps<P, Q, B, R>) {
  const { route, params, first = {}, fixed = {}, version, extras = {} } = props;
  const formId = useId();
  const facts = fieldsOf(route.body).filter(({ name, kind }) => !Object.hasOwn(fixed, name) && kind !== 'list' && kind !== 'other');
  const start = Object.fromEntries(facts.map((fact) => [fact.name, writeText(fact, first[fact.name])]));
  const draft = useDraft(draftKey(route, params, props.draftOf), start, props.keepsDraft ?? true);
  const applies = ({ name }: FieldFact) => extras[name]?.applies?.(draft.texts) ?? true;
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const save = useMutationOf(route, (answer) => {
    draft.drop();
    props.onDone(answer);
  });
  const problem = save.error instanceof ProblemError ? save.error : undefined;
  const refused = Object.fromEntries((problem?.errors ?? []).map(({ pointer, message }) => [pointer.replace(/^\/(body\/)?/, '').split('/')[0] ?? '', message]));
  const elsewhere = (problem?.errors ?? []).filter(({ pointer }) => !facts.some(({ name }) => pointer.replace(/^\/(body\/)?/, '').split('/')[0] === name));
  const { fix } = props;
  useEffect(() => {
    if (fix !== undefined) document.getElementById(`${formId}${fix}`)?.focus();
  }, [fix, formId]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const texts = { ...draft.texts, ...Object.fromEntries(facts.filter((fact) => !applies(fact)).map(({ name }) => [name, ''])) };
    const body = readBody(route.body, facts.filter(({ name }) => !(props.keepsBlank ?? []).includes(name) || (texts[name] ?? '').trim() !== ''), texts, fixed);
    setFaults(body.faults);
    if (Object.keys(body.faults).length > 0) document.getElementById(`${formId}${Object.keys(body.faults)[0] ?? ''}`)?.focus();
    else save.mutate({ body: body.value as z.input<B>, ...(params === undefined ? {} : { params }), ...(version === undefined ? {} : { version }) }, { onError: (error) => { if (error instanceof ProblemError && error.code !== undefined) props.onRefused?.(error.code); } });
  };
  return (
    <form className="sz-form" noValidate onSubmit={submit}>
      {draft.isRestored && <Restored onDrop={draft.drop} />}
      <div className="sz-fields">
        {facts.filter(applies).map((fact) => {
          const extra = extras[fact.name] ?? {};
          const id = `${formId}${fact.name}`;
          const error = faults[fact.name] ?? refused[fact.name];
          const shared = { id, text: draft.texts[fact.name] ?? '', onType: (text: string) => draft.type(fact.name, text), describedBy: describedBy(id, extra.help, error), isInvalid: error !== undefined };
          return (
            <FieldRow key={fact.name} id={id} title={extra.title ?? fact.title} isRequired={extra.isNeeded ?? isNeeded(fact)} help={extra.help} error={error} isWide={fact.kind === 'long-text'}>
              {extra.control?.(shared) ?? <FieldControl fact={fact} known={extra.known} isPassword={extra.isPassword ?? false} autoComplete={extra.autoComplete} within={fact.name === 'neighbourhoodId' ? draft.texts['townshipId'] : undefined} {...shared} />}
            </FieldRow>
          );
        })}
      </div>
      {props.children}
      {Object.entries(faults).filter(([name]) => !facts.some((fact) => fact.name === name)).map(([name, words]) => <p key={name} className="sz-error" role="alert">{words}</p>)}
      {save.error !== null && !(props.asks ?? []).includes(problem?.code ?? '') && (problem === undefined || problem.errors.length === 0 || elsewhere.length > 0) && <Refusal problem={problem} more={elsewhere.map(({ message }) => message)} />}
      <div className="sz-form-foot">
        <Button type="primary" htmlType="submit" loading={save.isPending}>{props.submit}</Button>
        {props.onCancel !== undefined && <Button onClick={props.onCancel}>取消</Button>}
      </div>
    </form>
  );
}

function Refusal({ problem, more }: { problem: ProblemError | undefined; more: readonly string[] }) {
  const advice = problem?.code === 'state.stale' ? '这条记录刚被别人修改过。您填写的内容还在，刷新页面不会丢；请核对后再保存。' : [problem?.message ?? '没有保存成功，请稍后再试', ...more].join('；');
  return <Alert type="error" showIcon role="alert" title={problem?.title ?? '没有保存'} description={advice} action={problem?.code === 'state.stale' ? <Button size="small" onClick={() => window.location.reload()}>刷新核对</Button> : undefined} />;
}

function isNeeded(fact: FieldFact): boolean {
  return fact.isRequired && !fact.isNullable && fact.kind !== 'flag';
}

/** Texts → body, checked by the route's own schema, one message per field. */
function readBody(schema: z.ZodType, facts: readonly FieldFact[], texts: Readonly<Record<string, string>>, fixed: Readonly<Record<string, unknown>>): { value: unknown; faults: Record<string, string> } {
  const faults: Record<string, string> = {};
  const value: Record<string, unknown> = { ...fixed };
  for (const fact of facts) {
    const read = readText(fact, texts[fact.name] ?? '');
    if (!read.ok) faults[fact.name] = read.message;
    else if (read.value !== undefined) value[fact.name] = read.value;
    else if (fact.kind === 'flag' && fact.isRequired) value[fact.name] = false;
  }
  const checked = schema.safeParse(value);
  for (const issue of checked.error?.issues ?? []) {
    const name = String(issue.path[0] ?? '');
    const fact = facts.find((one) => one.name === name);
    faults[name] ??= fact !== undefined && (texts[name] ?? '').trim() === '' ? `请${fact.kind === 'choice' || fact.kind === 'id' ? '选择' : '填写'}${fact.title.replace(/（.*）/, '')}` : issue.message;
  }
  return { value, faults };
}
