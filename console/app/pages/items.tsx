import { DeleteItemCommand, ScanCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { type Item, plainValue } from '../api/items.ts';
import { dynamodb } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallButton } from '../ui/call-dialog.tsx';
import { CallError } from '../ui/call-error.tsx';
import { Empty } from '../ui/empty.tsx';
import { Explanation } from '../ui/explanation.tsx';

const pageSize = 25;

/** A table's items, page by page as Scan gives them. */
export function Items({ table }: { table: TableDescription }) {
  const { TableName = '', KeySchema = [] } = table;
  // Where each page that was seen starts; the last is the one that is shown.
  const [starts, setStarts] = useState<readonly (Item | undefined)[]>([undefined]);
  const ExclusiveStartKey = starts.at(-1);
  const call = dynamodb(ScanCommand, {
    ...{ TableName, Limit: pageSize },
    ...(ExclusiveStartKey && { ExclusiveStartKey }),
  });
  const { data, error, isPending, isFetching, refetch } = useRead(call);
  const items = data?.output.Items ?? [];
  const next = data?.output.LastEvaluatedKey;
  const keyNames = KeySchema.map(({ AttributeName = '' }) => AttributeName);
  const keyOf = (item: Item): Item =>
    Object.fromEntries(Object.entries(item).filter(([name]) => keyNames.includes(name)));
  const others = new Set(items.flatMap(Object.keys).filter((name) => !keyNames.includes(name)));
  return (
    <SpaceBetween size="m">
      <CallError error={error} />
      <Table
        items={items}
        loading={isPending}
        loadingText="Loading"
        trackBy={(item) => JSON.stringify(keyOf(item))}
        header={
          <Header
            variant="h2"
            description={`By Scan, ${pageSize} at a time.`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel="Read again"
                  loading={isFetching}
                  onClick={() => void refetch()}
                />
                <Button
                  disabled={starts.length === 1}
                  onClick={() => setStarts(starts.slice(0, -1))}
                >
                  Previous
                </Button>
                <Button disabled={!next} onClick={() => setStarts([...starts, next])}>
                  Next
                </Button>
              </SpaceBetween>
            }
          >
            Items
          </Header>
        }
        empty={
          <Empty title="No items">
            <span>Put the first one in with the button above.</span>
          </Empty>
        }
        columnDefinitions={[
          ...[...keyNames, ...others].map((name) => ({
            ...{ id: name, header: name, maxWidth: 320 },
            isRowHeader: name === keyNames[0],
            cell: (item: Item) => shown(item[name]),
          })),
          {
            id: 'delete',
            header: 'Actions',
            cell: (item: Item) => (
              <CallButton
                label="Delete"
                call={dynamodb(DeleteItemCommand, { TableName, Key: keyOf(item) })}
              >
                The item is deleted from {TableName}.
              </CallButton>
            ),
          },
        ]}
      />
      <Explanation title="How this page was read" steps={data?.explanation ?? []} />
    </SpaceBetween>
  );
}

function shown(value: Item[string] | undefined): string {
  if (value === undefined) return '';
  const plain = plainValue(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}
