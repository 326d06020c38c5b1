import {
  CancelUpdateStackCommand,
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { gatedAt, type GatedEngine } from '../../../../test/gated-engine.ts';
import { MovableClock } from '../../../kernel/clock.ts';

const SLOW = '/gate/slow';
const StackName = 'shop';

let cloud: TestCloud;
let clock: MovableClock;
let gate: GatedEngine;
let client: CloudFormationClient;

beforeEach(async () => {
  gate = gatedAt(SLOW);
  clock = new MovableClock(Date.parse('2026-11-23T12:00:00Z'));
  cloud = await startTestCloud({ clock, between: gate.between });
  client = cloud.client(CloudFormationClient);
});

afterEach(() => cloud[Symbol.asyncDispose]());

/** Two parameters, the second after the first; one of no such type cannot be made. */
function template(value: string, after?: 'String' | 'Nonsense'): string {
  const parameter = (properties: object) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: value, ...properties },
  });
  return JSON.stringify({
    Resources: {
      Slow: parameter({ Name: SLOW }),
      ...(after && { After: { ...parameter({ Type: after }), DependsOn: 'Slow' } }),
    },
  });
}

/** Holds the next write to the slow parameter: `reached` when it is there, until `release`. */
function hold(): { reached: Promise<void>; release: () => void } {
  let reach!: () => void;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  gate.close(() => {
    reach();
    return released;
  });
  return { reached, release };
}

async function ended(name: string = StackName): Promise<string | undefined> {
  await cloud.inside.workflows.settled();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks![0]!.StackStatus;
}

async function created(): Promise<void> {
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template('old') }));
  expect(await ended()).toBe('CREATE_COMPLETE');
}

const update = (after?: 'String' | 'Nonsense', DisableRollback = false) =>
  client.send(
    new UpdateStackCommand({
      ...{ StackName, DisableRollback },
      TemplateBody: template('new', after),
    }),
  );

async function slowValue(): Promise<string | undefined> {
  const get = new GetParameterCommand({ Name: SLOW });
  return (await cloud.client(SSMClient).send(get)).Parameter?.Value;
}

/** All events, in order: what of, its status and why. */
async function told(name: string = StackName): Promise<string[]> {
  const { StackEvents = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: name }),
  );
  return StackEvents.toReversed().map((event) =>
    [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason ?? ''].join(' '),
  );
}

test.each([
  ['ROLLBACK', 'ROLLBACK_IN_PROGRESS', 'Rollback', 'ROLLBACK_COMPLETE'],
  ['DELETE', 'DELETE_IN_PROGRESS', 'Delete', 'DELETE_COMPLETE'],
] as const)(
  'a creation that takes longer than its timeout ends by %s',
  async (OnFailure, status, word, end) => {
    const { reached, release } = hold();
    const TemplateBody = template('x', 'String');
    const { StackId } = await client.send(
      new CreateStackCommand({ StackName, TemplateBody, OnFailure, TimeoutInMinutes: 5 }),
    );
    await reached;
    clock.advance(5 * 60_000);
    release();
    expect(await ended(StackId)).toBe(end);
    const events = await told(StackId);
    expect(events).toContain(
      `shop ${status} Stack creation time exceeded the specified timeout. ${word} requested by user.`,
    );
    expect(events.filter((event) => event.startsWith('After'))).toEqual([]);
  },
);

test('a creation within its timeout is completed', async () => {
  const { reached, release } = hold();
  const TemplateBody = template('x', 'String');
  await client.send(new CreateStackCommand({ StackName, TemplateBody, TimeoutInMinutes: 5 }));
  await reached;
  clock.advance(5 * 60_000 - 1000);
  release();
  expect(await ended()).toBe('CREATE_COMPLETE');
  clock.advance(60_000);
  expect(await ended()).toBe('CREATE_COMPLETE');
});

test('a deletion ends a creation, and nothing more is made', async () => {
  const { reached, release } = hold();
  const TemplateBody = template('x', 'String');
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody }));
  await reached;
  await client.send(new DeleteStackCommand({ StackName }));
  release();
  expect(await ended(StackId)).toBe('DELETE_COMPLETE');
  expect((await told(StackId)).filter((event) => event.startsWith('After'))).toEqual([]);
  await expect(slowValue()).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('an update that is cancelled is rolled back, one that has ended is not', async () => {
  await created();
  const cancel = new CancelUpdateStackCommand({ StackName });
  await expect(client.send(cancel)).rejects.toThrow(
    'CancelUpdateStack cannot be called from current stack status',
  );
  const { reached, release } = hold();
  await update('String');
  await reached;
  await client.send(cancel);
  release();
  expect(await ended()).toBe('UPDATE_ROLLBACK_COMPLETE');
  const events = await told();
  expect(events).toContain('shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated');
  expect(events.filter((event) => event.startsWith('After'))).toEqual([]);
  expect(await slowValue()).toBe('old');
});

test('an update that failed and was left is rolled back on demand, or updated again', async () => {
  await created();
  const rollback = new RollbackStackCommand({ StackName });
  await expect(client.send(rollback)).rejects.toThrow(/is in CREATE_COMPLETE state/);
  await update('Nonsense', true);
  expect(await ended()).toBe('UPDATE_FAILED');
  expect(await slowValue()).toBe('new');
  await client.send(rollback);
  expect(await ended()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await slowValue()).toBe('old');

  await update('Nonsense', true);
  expect(await ended()).toBe('UPDATE_FAILED');
  await update('String');
  expect(await ended()).toBe('UPDATE_COMPLETE');
});

test('a creation that failed and was left is rolled back on demand', async () => {
  const TemplateBody = template('x', 'Nonsense');
  await client.send(new CreateStackCommand({ StackName, TemplateBody, DisableRollback: true }));
  expect(await ended()).toBe('CREATE_FAILED');
  expect(await slowValue()).toBe('x');
  await client.send(new RollbackStackCommand({ StackName }));
  expect(await ended()).toBe('ROLLBACK_COMPLETE');
  await expect(slowValue()).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('a rollback that failed is tried again, or leaves out what cannot be brought back', async () => {
  await created();
  const proceed = (...ResourcesToSkip: string[]) =>
    client.send(new ContinueUpdateRollbackCommand({ StackName, ResourcesToSkip }));
  await expect(proceed()).rejects.toThrow(/is in CREATE_COMPLETE state/);

  for (const { skip, value } of [
    { skip: [], value: 'old' },
    { skip: ['Slow'], value: 'new' },
  ]) {
    let writes = 0;
    gate.close(async () => {
      if (++writes > 1) throw new Error('the disk is full');
    });
    await update('Nonsense');
    expect(await ended()).toBe('UPDATE_ROLLBACK_FAILED');
    await proceed();
    expect(await ended()).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(proceed('Other')).rejects.toThrow('Resource Other does not exist');
    if (skip.length === 0) gate.open();
    await proceed(...skip);
    expect(await ended()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await slowValue()).toBe(value);
  }
});

test('a template body is at most 51,200 bytes', async () => {
  const padded = (bytes: number) => template('x').padEnd(bytes);
  const create = (bytes: number) =>
    client.send(new CreateStackCommand({ StackName, TemplateBody: padded(bytes) }));
  await expect(create(51_201)).rejects.toThrow(
    "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
  );
  await create(51_200);
  expect(await ended()).toBe('CREATE_COMPLETE');
});
