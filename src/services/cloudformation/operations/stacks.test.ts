import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let client: CloudFormationClient;

beforeAll(async () => {
  cloud = await startTestCloud();
  client = cloud.client(CloudFormationClient);
});

afterAll(() => cloud[Symbol.asyncDispose]());

function body(value: string, exported?: string, type = 'AWS::SSM::Parameter'): string {
  return JSON.stringify({
    Resources: { One: { Type: type, Properties: { Type: 'String', Value: value } } },
    Outputs: { One: { Value: value, ...(exported && { Export: { Name: exported } }) } },
  });
}

async function created(StackName: string, TemplateBody: string): Promise<string> {
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  await cloud.inside.workflows.settled();
  expect((await stack(StackName)).StackStatus).toBe('CREATE_COMPLETE');
  return StackId!;
}

async function stack(StackName: string) {
  return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0]!;
}

test('a stack is told of by its ID once it is deleted, by its name no more', async () => {
  const id = await created('short', body('x'));
  await client.send(new DeleteStackCommand({ StackName: 'short' }));
  await cloud.inside.workflows.settled();
  expect((await stack(id)).StackStatus).toBe('DELETE_COMPLETE');
  await expect(stack('short')).rejects.toThrow('Stack with id short does not exist');
  await expect(client.send(new DescribeStackEventsCommand({ StackName: 'short' }))).rejects.toThrow(
    'Stack [short] does not exist',
  );
});

test('a name has one stack, and a protected one stays', async () => {
  await created('kept', body('x'));
  await expect(
    client.send(new CreateStackCommand({ StackName: 'kept', TemplateBody: body('y') })),
  ).rejects.toMatchObject({
    name: 'AlreadyExistsException',
    message: 'Stack [kept] already exists',
  });
  const protect = (EnableTerminationProtection: boolean) =>
    client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'kept', EnableTerminationProtection }),
    );
  await protect(true);
  const deletion = new DeleteStackCommand({ StackName: 'kept' });
  await expect(client.send(deletion)).rejects.toThrow(/TerminationProtection is enabled/);
  await protect(false);
  const { StackId } = await stack('kept');
  await client.send(deletion);
  await cloud.inside.workflows.settled();
  expect((await stack(StackId!)).StackStatus).toBe('DELETE_COMPLETE');
});

test('an update without changes is refused, one with changes is made', async () => {
  await created('same', body('x'));
  const update = (value: string) =>
    client.send(new UpdateStackCommand({ StackName: 'same', TemplateBody: body(value) }));
  await expect(update('x')).rejects.toThrow('No updates are to be performed.');
  await update('y');
  await cloud.inside.workflows.settled();
  expect(await stack('same')).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    Outputs: [{ OutputKey: 'One', OutputValue: 'y' }],
  });
});

test.each([
  ['AWS::No::Such', 'Template format error: Unrecognized resource types: [AWS::No::Such]'],
  ['AWS::SSM::Document', /Alacarte does not implement the resource type AWS::SSM::Document/],
])('a template with a %s is refused before anything is made', async (type, message) => {
  const TemplateBody = body('x', undefined, type);
  const create = new CreateStackCommand({ StackName: 'unknown', TemplateBody });
  await expect(client.send(create)).rejects.toThrow(message);
  await expect(stack('unknown')).rejects.toThrow('does not exist');
});

test('a change set tells what it would change, and does so when executed', async () => {
  const StackName = 'reviewed';
  const propose = async (
    ChangeSetType: 'CREATE' | 'UPDATE',
    ChangeSetName: string,
    value: string,
  ) =>
    client.send(
      new CreateChangeSetCommand({
        StackName,
        ChangeSetName,
        ChangeSetType,
        TemplateBody: body(value),
      }),
    );
  await propose('CREATE', 'first', 'x');
  expect((await stack(StackName)).StackStatus).toBe('REVIEW_IN_PROGRESS');
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'first' }));
  await cloud.inside.workflows.settled();

  await propose('UPDATE', 'second', 'y');
  const described = await client.send(
    new DescribeChangeSetCommand({
      ...{ StackName, ChangeSetName: 'second', IncludePropertyValues: true },
    }),
  );
  const Target = { Name: 'Value', BeforeValue: 'x', AfterValue: 'y', RequiresRecreation: 'Never' };
  expect(described.Changes).toMatchObject([
    { ResourceChange: { Action: 'Modify', Replacement: 'False', Details: [{ Target }] } },
  ]);
  await propose('UPDATE', 'third', 'x');
  const third = new DescribeChangeSetCommand({ StackName, ChangeSetName: 'third' });
  expect(await client.send(third)).toMatchObject({
    Status: 'FAILED',
    StatusReason: /didn't contain changes/,
  });
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'second' }));
  await cloud.inside.workflows.settled();
  expect((await stack(StackName)).StackStatus).toBe('UPDATE_COMPLETE');
  await expect(client.send(third)).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
});
