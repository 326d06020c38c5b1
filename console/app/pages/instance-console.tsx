import { GetConsoleOutputCommand } from '@aws-sdk/client-ec2';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ec2 } from '../api/services.ts';
import { decodeUserData } from '../api/user-data.ts';
import { useRead } from '../api/use-call.ts';
import { CallError } from '../ui/call-error.tsx';
import { Code } from '../ui/code.tsx';
import { Empty } from '../ui/empty.tsx';

/** What the instance wrote to its serial console, as it comes. */
export function InstanceConsole({ id, live }: { id: string; live: boolean }) {
  const { data, error } = useRead(ec2(GetConsoleOutputCommand, { InstanceId: id, Latest: true }), {
    every: () => (live ? 2000 : false),
  });
  const output = data?.output.Output;
  return (
    <Container
      header={
        <Header variant="h2" description={live ? 'Read again every two seconds.' : undefined}>
          Console output
        </Header>
      }
    >
      <SpaceBetween size="s">
        <CallError error={error} />
        {output ? (
          <Code label="Console output" text={decodeUserData(output)} />
        ) : (
          <Empty title="Nothing was written yet" />
        )}
      </SpaceBetween>
    </Container>
  );
}
