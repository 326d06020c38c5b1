import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { dynamodb } from '../api/services.ts';
import { CallForm } from '../ui/call-form.tsx';
import { useGo } from '../ui/use-go.ts';

interface Key {
  readonly name: string;
  readonly type: ScalarAttributeType;
}

function inputOf(TableName: string, hash: Key, range: Key): CreateTableCommandInput {
  const keys = range.name === '' ? [hash] : [hash, range];
  return {
    TableName,
    AttributeDefinitions: keys.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keys.map(({ name }, index) => ({
      AttributeName: name,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

export function CreateTable() {
  const go = useGo();
  const [name, setName] = useState('');
  const [hash, setHash] = useState<Key>({ name: 'id', type: 'S' });
  const [range, setRange] = useState<Key>({ name: '', type: 'S' });
  const missing = name === '' ? 'Name the table.' : 'Name the partition key.';
  return (
    <CallForm
      title="Create table"
      description="A table is ready for items at once; there is no capacity to plan."
      submit="Create table"
      call={dynamodb(CreateTableCommand, inputOf(name, hash, range))}
      problem={name === '' || hash.name === '' ? missing : undefined}
      onDone={() => go(`/dynamodb/tables/${encodeURIComponent(name)}`)}
    >
      <Container header={<Header variant="h2">The table</Header>}>
        <SpaceBetween size="m">
          <FormField label="Table name" constraintText="3 to 255 of letters, digits, _ - and .">
            <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <KeyFields label="Partition key" value={hash} onChange={setHash} />
          <KeyFields label="Sort key (optional)" value={range} onChange={setRange} />
        </SpaceBetween>
      </Container>
    </CallForm>
  );
}

interface KeyFieldsProps {
  readonly label: string;
  readonly value: Key;
  readonly onChange: (key: Key) => void;
}

function KeyFields({ label, value, onChange }: KeyFieldsProps) {
  return (
    <ColumnLayout columns={2}>
      <FormField label={label}>
        <Input
          value={value.name}
          onChange={({ detail }) => onChange({ ...value, name: detail.value })}
        />
      </FormField>
      <FormField label="Type">
        <SegmentedControl
          label={`Type of ${label}`}
          selectedId={value.type}
          options={[
            { id: 'S', text: 'String' },
            { id: 'N', text: 'Number' },
            { id: 'B', text: 'Binary' },
          ]}
          onChange={({ detail }) =>
            onChange({ ...value, type: detail.selectedId as ScalarAttributeType })
          }
        />
      </FormField>
    </ColumnLayout>
  );
}
