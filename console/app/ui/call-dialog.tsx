import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import type { Answer, Call } from '../api/call.ts';
import { useSend } from '../api/use-call.ts';
import { CallError } from './call-error.tsx';
import { CallPanel } from './call-panel.tsx';

interface CallButtonProps<Output> {
  readonly label: string;
  readonly call: Call<Output>;
  /** What will happen, in a sentence. */
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly onDone?: (answer: Answer<Output>) => void;
}

/** A button that shows its call and makes it when that is confirmed. */
export function CallButton<Output>({
  label,
  call,
  children,
  disabled = false,
  onDone,
}: CallButtonProps<Output>) {
  const [open, setOpen] = useState(false);
  const { mutate, isPending, error, reset } = useSend(call, (answer) => {
    setOpen(false);
    onDone?.(answer);
  });
  const close = (): void => {
    setOpen(false);
    reset();
  };
  return (
    <>
      <Button disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Modal
          visible
          onDismiss={close}
          header={label}
          size="large"
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={close}>
                  Cancel
                </Button>
                <Button
                  variant="primary"
                  loading={isPending}
                  onClick={() => mutate()}
                  data-testid="confirm"
                >
                  {label}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="m">
            <Box>{children}</Box>
            <CallError error={error} />
            <CallPanel call={call} />
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}
