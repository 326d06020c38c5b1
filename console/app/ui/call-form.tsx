import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Answer, Call } from '../api/call.ts';
import { useSend } from '../api/use-call.ts';
import { CallError } from './call-error.tsx';
import { CallPanel } from './call-panel.tsx';
import { useGo } from './use-go.ts';

interface CallFormProps<Output> {
  readonly title: string;
  readonly description: string;
  readonly submit: string;
  readonly call: Call<Output>;
  /** What keeps the form from being sent; undefined where nothing does. */
  readonly problem?: string | undefined;
  readonly onDone: (answer: Answer<Output>) => void;
  readonly children: ReactNode;
}

/** A form whose fields stand beside the call that they make. */
export function CallForm<Output>(props: CallFormProps<Output>) {
  const { title, description, submit, call, problem, onDone, children } = props;
  const go = useGo();
  const { mutate, isPending, error, data } = useSend(call, onDone);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) mutate();
      }}
    >
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => go(-1)}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={isPending}
              disabled={problem !== undefined}
              disabledReason={problem}
              formAction="submit"
            >
              {submit}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <CallError error={error} />
          <Grid
            gridDefinition={[
              { colspan: { default: 12, s: 7 } },
              { colspan: { default: 12, s: 5 } },
            ]}
          >
            <SpaceBetween size="l">{children}</SpaceBetween>
            <CallPanel call={call} answer={data} />
          </Grid>
        </SpaceBetween>
      </Form>
    </form>
  );
}
