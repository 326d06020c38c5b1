import { RunInstancesCommand, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { ec2 } from '../api/services.ts';
import { encodeUserData } from '../api/user-data.ts';
import { CallForm } from '../ui/call-form.tsx';
import {
  ImageField,
  InstanceTypeField,
  KeyPairField,
  SecurityGroupsField,
} from './launch-fields.tsx';
import { useGo } from '../ui/use-go.ts';

interface Draft {
  readonly name: string;
  readonly image: string;
  readonly type: string;
  readonly keyPair: string;
  readonly groups: readonly string[];
  readonly userData: string;
  readonly count: string;
}

const blank: Draft = {
  ...{ name: '', image: '', type: 't3.micro', keyPair: '', groups: [], userData: '', count: '1' },
};

/** What a form asks for, in EC2's words; what was left alone is left to EC2. */
function inputOf(draft: Draft): RunInstancesCommandInput {
  const count = Number(draft.count);
  return {
    ImageId: draft.image,
    InstanceType: draft.type as NonNullable<RunInstancesCommandInput['InstanceType']>,
    MinCount: count,
    MaxCount: count,
    ...(draft.keyPair !== '' && { KeyName: draft.keyPair }),
    ...(draft.groups.length > 0 && { SecurityGroupIds: [...draft.groups] }),
    ...(draft.userData !== '' && { UserData: encodeUserData(draft.userData) }),
    ...(draft.name !== '' && {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: draft.name }] }],
    }),
  };
}

function problemOf({ image, count }: Draft): string | undefined {
  if (image === '') return 'Choose an image.';
  return /^[1-9]\d*$/.test(count) ? undefined : 'The number of instances is a whole number from 1.';
}

export function LaunchInstance() {
  const go = useGo();
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  return (
    <CallForm
      title="Launch instances"
      description="A machine of its own: choose what it boots, and how large it is."
      submit="Launch"
      call={ec2(RunInstancesCommand, inputOf(draft))}
      problem={problemOf(draft)}
      onDone={({ output }) => {
        const [first, ...more] = output.Instances ?? [];
        const single = more.length === 0 && first?.InstanceId;
        go(single ? `/ec2/instances/${single}` : '/ec2/instances');
      }}
    >
      <Container header={<Header variant="h2">The machine</Header>}>
        <SpaceBetween size="m">
          <FormField label="Name" description="Kept as the tag Name.">
            <Input
              value={draft.name}
              autoFocus
              onChange={({ detail }) => change({ name: detail.value })}
            />
          </FormField>
          <ImageField value={draft.image} onChange={(image) => change({ image })} />
          <InstanceTypeField value={draft.type} onChange={(type) => change({ type })} />
          <FormField label="Number of instances">
            <Input
              type="number"
              value={draft.count}
              onChange={({ detail }) => change({ count: detail.value })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Access</Header>}>
        <SpaceBetween size="m">
          <KeyPairField value={draft.keyPair} onChange={(keyPair) => change({ keyPair })} />
          <SecurityGroupsField value={draft.groups} onChange={(groups) => change({ groups })} />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">First boot</Header>}>
        <FormField
          label="User data"
          description="A script that starts with #!, or what cloud-init reads. Sent in base64."
        >
          <Textarea
            rows={5}
            spellcheck={false}
            placeholder={'#!/bin/sh\necho hello > /dev/console'}
            value={draft.userData}
            onChange={({ detail }) => change({ userData: detail.value })}
          />
        </FormField>
      </Container>
    </CallForm>
  );
}
