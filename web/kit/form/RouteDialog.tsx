import { App } from 'antd';
import type { z } from 'zod';
import type { Route } from '#contract/define-route.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import type { Ability } from '#web/kit/ActionLink.tsx';
import { RouteForm, type FieldExtra } from '#web/kit/form/RouteForm.tsx';

interface DialogProps<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  readonly route: Route<P, Q, B, R>;
  readonly params: z.input<P>;
  readonly version?: number;
  readonly words: string;
  readonly title: string;
  readonly submit: string;
  readonly done: string;
  readonly ability?: Ability;
  readonly isDanger?: boolean;
  /** A small one for a row of a list. */
  readonly isQuiet?: boolean;
  readonly first?: Readonly<Record<string, unknown>>;
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly extras?: Readonly<Record<string, FieldExtra>>;
  /** Open from the first, with the cursor in this field. */
  readonly fix?: string | undefined;
  readonly onDone?: (answer: z.output<R>) => void;
}

/** 弹窗表单: one route as a button with its form. */
export function RouteDialog<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(props: DialogProps<P, Q, B, R>) {
  const { message } = App.useApp();
  const { words, title, done, onDone, ability, isDanger, isQuiet, ...form } = props;
  return (
    <DialogButton words={words} title={title} isDanger={isDanger ?? false} isQuiet={isQuiet ?? false} opensAtOnce={props.fix !== undefined} {...(ability === undefined ? {} : { ability })}>
      {(close) => (
        <RouteForm
          {...form} onCancel={close}
          onDone={(answer) => {
            message.success(done);
            close();
            onDone?.(answer);
          }}
        />
      )}
    </DialogButton>
  );
}
