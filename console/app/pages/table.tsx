import {
  DeleteTableCommand,
  DescribeTableCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import { dynamodb } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallButton } from '../ui/call-dialog.tsx';
import { CallError } from '../ui/call-error.tsx';
import { Realization } from '../ui/realization.tsx';
import { pollMilliseconds, State } from '../ui/state.tsx';
import { Items } from './items.tsx';
import { useGo } from '../ui/use-go.ts';

/** One table: what it is, and what is in it. */
export function Table() {
  const { name = '' } = useParams();
  const go = useGo();
  const { data, error } = useRead(dynamodb(DescribeTableCommand, { TableName: name }), {
    every: (output) => pollMilliseconds([output?.Table?.TableStatus]),
  });
  const table = data?.output.Table;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<Realization value={data?.realization} />}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <CallButton
                label="Delete table"
                call={dynamodb(DeleteTableCommand, { TableName: name })}
                onDone={() => go('/dynamodb/tables')}
              >
                The table and all of its items are deleted. This cannot be undone.
              </CallButton>
              <Button
                variant="primary"
                onClick={() => go(`/dynamodb/tables/${encodeURIComponent(name)}/put-item`)}
              >
                Put item
              </Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <CallError error={error} />
        {table && <Details table={table} />}
        {table?.TableStatus === 'ACTIVE' && <Items table={table} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Details({ table }: { table: TableDescription }) {
  const typeOf = (name: string | undefined): string =>
    table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)
      ?.AttributeType ?? '';
  const keys = table.KeySchema?.map(
    ({ AttributeName }) => `${AttributeName} (${typeOf(AttributeName)})`,
  );
  const [hash = '-', range = '-'] = keys ?? [];
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'State', value: <State value={table.TableStatus} /> },
          { label: 'Partition key', value: hash },
          { label: 'Sort key', value: range },
          { label: 'Items', value: table.ItemCount ?? '-' },
          { label: 'Size', value: `${table.TableSizeBytes ?? 0} bytes` },
          { label: 'Created', value: table.CreationDateTime?.toLocaleString() ?? '-' },
          { label: 'ARN', value: table.TableArn ?? '-' },
        ]}
      />
    </Container>
  );
}
