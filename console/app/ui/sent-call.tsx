import Button from '@cloudscape-design/components/button';
import Flashbar from '@cloudscape-design/components/flashbar';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useSent } from '../api/use-call.ts';
import { CallPanel } from './call-panel.tsx';

/** What the last form or button sent: it outlives the page that sent it. */
export function SentCall() {
  const { sent, forget } = useSent();
  const [open, setOpen] = useState(false);
  if (!sent) return undefined;
  const { call, answer } = sent;
  return (
    <>
      <Flashbar
        items={[
          {
            type: 'success',
            header: `${call.operation} was sent`,
            content: `Request ID ${answer.requestId}`,
            action: <Button onClick={() => setOpen(true)}>Show the call</Button>,
            dismissible: true,
            dismissLabel: 'Dismiss',
            onDismiss: forget,
          },
        ]}
      />
      {open && (
        <Modal visible onDismiss={() => setOpen(false)} header="As it was sent" size="large">
          <CallPanel call={call} answer={answer} />
        </Modal>
      )}
    </>
  );
}
