import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { changeSession } from '../api/session.ts';

/** Asks for keys where the server takes only those that exist. They stay in this tab. */
export function SignIn() {
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        changeSession({ accessKeyId, secretAccessKey });
      }}
    >
      <Form
        actions={
          <Button variant="primary" disabled={accessKeyId === '' || secretAccessKey === ''}>
            Sign in
          </Button>
        }
      >
        <Container
          header={
            <Header description="This server verifies keys (--auth strict). Yours are kept in this tab only.">
              Sign in with an access key
            </Header>
          }
        >
          <SpaceBetween size="m">
            <FormField label="Access key ID">
              <Input value={accessKeyId} onChange={({ detail }) => setAccessKeyId(detail.value)} />
            </FormField>
            <FormField label="Secret access key">
              <Input
                type="password"
                value={secretAccessKey}
                onChange={({ detail }) => setSecretAccessKey(detail.value)}
              />
            </FormField>
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}
