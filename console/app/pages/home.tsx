import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useHealth } from '../api/health.ts';
import { readSession } from '../api/session.ts';
import { CallError } from '../ui/call-error.tsx';
import { Code } from '../ui/code.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { Realization } from '../ui/realization.tsx';

/** What runs here, and where to begin. */
export function Home() {
  const { data: health, error } = useHealth();
  const running = Object.entries(health?.services ?? {}).filter(([, state]) => state === 'running');
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="The AWS API on your own machine.">
          Alacarte {health?.version}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <CallError error={error} />
        <Container header={<Header variant="h2">This cloud</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Endpoint', value: location.origin },
              { label: 'Region', value: readSession().region },
              { label: 'Services', value: running.map(([name]) => name).join(', ') || '-' },
              {
                label: 'Instances run on',
                value: (
                  <SpaceBetween direction="horizontal" size="xs">
                    <span>{health?.compute.driver}</span>
                    <Realization value={health?.compute.realization} />
                  </SpaceBetween>
                ),
              },
              { label: 'State is kept in', value: health?.store ?? '-' },
              {
                label: 'Keys',
                value:
                  health?.auth === 'strict'
                    ? 'only keys that exist'
                    : 'test / test is root (loopback)',
              },
            ]}
          />
        </Container>
        <ColumnLayout columns={3}>
          <Start title="EC2" to="/ec2/instances/launch" link="Launch an instance">
            A machine of your own, with its console before you.
          </Start>
          <Start title="DynamoDB" to="/dynamodb/tables/create" link="Create a table">
            Put items in as JSON, and find them again.
          </Start>
          <Start title="CloudFormation" to="/cloudformation/stacks/deploy" link="Deploy a stack">
            Drop a template, and see what will change before it does.
          </Start>
        </ColumnLayout>
        <Container header={<Header variant="h2">Use it from a terminal</Header>}>
          <Code
            label="Shell"
            text={[
              `export AWS_ENDPOINT_URL=${location.origin} AWS_DEFAULT_REGION=${readSession().region}`,
              'export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test',
              'aws sts get-caller-identity',
            ].join('\n')}
          />
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

interface StartProps {
  readonly title: string;
  readonly to: string;
  readonly link: string;
  readonly children: string;
}

function Start({ title, to, link, children }: StartProps) {
  return (
    <Container
      fitHeight
      header={<Header variant="h3">{title}</Header>}
      footer={<PageLink to={to}>{link}</PageLink>}
    >
      <Box color="text-body-secondary">{children}</Box>
    </Container>
  );
}
