import { DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useParams } from 'react-router';
import { type Item, readItem } from '../api/items.ts';
import { dynamodb } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallForm } from '../ui/call-form.tsx';
import { useGo } from '../ui/use-go.ts';

type Format = 'plain' | 'dynamodb';

function readOrExplain(text: string, format: Format): { item: Item; problem?: string } {
  try {
    return { item: readItem(text, format) };
  } catch (error) {
    return { item: {}, problem: (error as Error).message };
  }
}

export function PutItem() {
  const { name = '' } = useParams();
  const go = useGo();
  const { data } = useRead(dynamodb(DescribeTableCommand, { TableName: name }));
  const [typed, setTyped] = useState<string>();
  const [format, setFormat] = useState<Format>('plain');

  const keys = data?.output.Table?.AttributeDefinitions ?? [];
  const example = keys.map(({ AttributeName = '', AttributeType }) => {
    const plain = AttributeType === 'N' ? 1 : 'a';
    return [AttributeName, format === 'plain' ? plain : { [AttributeType ?? 'S']: String(plain) }];
  });
  const text = typed ?? JSON.stringify(Object.fromEntries(example), null, 2);
  const { item, problem } = readOrExplain(text, format);
  return (
    <CallForm
      title="Put item"
      description={`Into ${name}. An item with the same key is replaced.`}
      submit="Put item"
      call={dynamodb(PutItemCommand, { TableName: name, Item: item })}
      problem={problem}
      onDone={() => go(`/dynamodb/tables/${encodeURIComponent(name)}`)}
    >
      <Container header={<Header variant="h2">The item</Header>}>
        <SpaceBetween size="m">
          <FormField label="Format">
            <SegmentedControl
              label="Format"
              selectedId={format}
              options={[
                { id: 'plain', text: 'JSON' },
                { id: 'dynamodb', text: 'DynamoDB JSON' },
              ]}
              onChange={({ detail }) => setFormat(detail.selectedId as Format)}
            />
          </FormField>
          <FormField label="Item" errorText={problem} stretch>
            <Textarea
              rows={12}
              autoFocus
              spellcheck={false}
              value={text}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </Container>
    </CallForm>
  );
}
