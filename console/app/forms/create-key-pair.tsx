import { CreateKeyPairCommand } from '@aws-sdk/client-ec2';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { ec2 } from '../api/services.ts';
import { useSend } from '../api/use-call.ts';
import { CallError } from '../ui/call-error.tsx';
import { CallPanel } from '../ui/call-panel.tsx';

/** Makes a key pair and saves its private key, which is told only once. */
export function CreateKeyPair({ onCreated }: { onCreated: (name: string) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const call = ec2(CreateKeyPairCommand, { KeyName: name, KeyType: 'ed25519' });
  const { mutate, isPending, error } = useSend(call, ({ output: { KeyMaterial = '' } }) => {
    saveFile(`${name}.pem`, KeyMaterial);
    setOpen(false);
    onCreated(name);
  });
  return (
    <>
      <Button formAction="none" onClick={() => setOpen(true)}>
        Create key pair
      </Button>
      {open && (
        <Modal
          visible
          onDismiss={() => setOpen(false)}
          header="Create key pair"
          size="large"
          footer={
            <Box float="right">
              <Button
                variant="primary"
                formAction="none"
                disabled={name === ''}
                loading={isPending}
                onClick={() => mutate()}
              >
                Create and save
              </Button>
            </Box>
          }
        >
          <SpaceBetween size="m">
            <FormField
              label="Key pair name"
              description="The private key is saved by your browser."
            >
              <Input value={name} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
            <CallError error={error} />
            <CallPanel call={call} />
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}

function saveFile(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }));
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  URL.revokeObjectURL(href);
}
