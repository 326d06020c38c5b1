import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CancelResourceRequestCommand,
  CloudControlClient,
  CreateResourceCommand,
  type CreateResourceInput,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourceRequestsCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from '@aws-sdk/client-cloudcontrol';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../test/cloud.ts';

const TypeName = 'AWS::SSM::Parameter';
const omelette = { Name: '/menu/omelette', Type: 'String', Value: '3 eggs' };

let cloud: TestCloud;
let client: CloudControlClient;
beforeEach(async () => {
  cloud = await startTestCloud();
  client = cloud.client(CloudControlClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

function create(desired: object, more: Partial<CreateResourceInput> = {}) {
  const DesiredState = JSON.stringify(desired);
  return client.send(new CreateResourceCommand({ TypeName, DesiredState, ...more }));
}

function update(Identifier: string, patch: unknown, more = {}) {
  const PatchDocument = JSON.stringify(patch);
  return client.send(new UpdateResourceCommand({ TypeName, Identifier, PatchDocument, ...more }));
}

const remove = (Identifier: string, more = {}) =>
  client.send(new DeleteResourceCommand({ TypeName, Identifier, ...more }));

/** How a request has ended. */
async function outcome({ ProgressEvent }: { ProgressEvent?: ProgressEvent | undefined }) {
  await cloud.inside.workflows.settled();
  return status(ProgressEvent!.RequestToken!);
}

async function status(RequestToken: string): Promise<ProgressEvent> {
  const asked = new GetResourceRequestStatusCommand({ RequestToken });
  return (await client.send(asked)).ProgressEvent!;
}

async function properties(Identifier: string): Promise<Record<string, unknown>> {
  const { ResourceDescription } = await client.send(
    new GetResourceCommand({ TypeName, Identifier }),
  );
  return JSON.parse(ResourceDescription!.Properties!) as Record<string, unknown>;
}

describe('a resource', () => {
  it('is made, read, listed, changed and unmade', async () => {
    const answer = await create(omelette);
    expect(answer.ProgressEvent).toEqual({
      ...{ TypeName, Operation: 'CREATE', OperationStatus: 'IN_PROGRESS' },
      Identifier: omelette.Name,
      RequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      EventTime: new Date('2026-11-23T12:00:00Z'),
    });
    const made = await outcome(answer);
    expect(made).toMatchObject({ OperationStatus: 'SUCCESS', Identifier: omelette.Name });
    expect(JSON.parse(made.ResourceModel!)).toEqual(await properties(omelette.Name));
    expect(await properties(omelette.Name)).toMatchObject(omelette);
    const { Parameter } = await cloud
      .client(SSMClient)
      .send(new GetParameterCommand({ Name: omelette.Name }));
    expect(Parameter).toMatchObject({ Value: '3 eggs', Version: 1 });

    const patch = [
      { op: 'replace', path: '/Value', value: '4 eggs' },
      { op: 'add', path: '/Description', value: 'for two' },
    ];
    expect(await outcome(await update(omelette.Name, patch))).toMatchObject({
      ...{ Operation: 'UPDATE', OperationStatus: 'SUCCESS' },
    });
    expect(await properties(omelette.Name)).toMatchObject({
      ...{ Value: '4 eggs', Description: 'for two' },
    });
    const listed = await client.send(new ListResourcesCommand({ TypeName }));
    expect(listed.ResourceDescriptions).toEqual([
      { Identifier: omelette.Name, Properties: JSON.stringify({ Name: omelette.Name }) },
    ]);
    expect(await outcome(await remove(omelette.Name))).toMatchObject({
      ...{ Operation: 'DELETE', OperationStatus: 'SUCCESS' },
    });
    await expect(properties(omelette.Name)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(
        /^AWS::SSM::Parameter Handler returned status FAILED: null \(HandlerErrorCode: NotFound, /,
      ) as string,
    });
  });

  it('without a name gets one', async () => {
    const { Identifier } = await outcome(await create({ Type: 'String', Value: 'x' }));
    expect(Identifier).toMatch(/^Parameter-[A-Z0-9]{12}$/);
    expect(await properties(Identifier!)).toMatchObject({ Name: Identifier, Value: 'x' });
  });
});

describe('a request', () => {
  it('fails where the resource is there already, or is not', async () => {
    await outcome(await create(omelette));
    expect(await outcome(await create(omelette))).toMatchObject({
      ...{ OperationStatus: 'FAILED', ErrorCode: 'AlreadyExists' },
    });
    expect(await outcome(await remove('/menu/soup'))).toMatchObject({
      ...{ OperationStatus: 'FAILED', ErrorCode: 'NotFound' },
    });
    await expect(update('/menu/soup', [])).rejects.toThrow(/HandlerErrorCode: NotFound/);
  });

  it('fails in the words of the service that refuses', async () => {
    const refused = await outcome(await create({ ...omelette, Name: 'aws-menu' }));
    expect(refused).toMatchObject({
      ...{ OperationStatus: 'FAILED', ErrorCode: 'InvalidRequest' },
      StatusMessage: expect.stringMatching(/aws/) as string,
    });
  });

  it('is the same one where it is repeated with its client token', async () => {
    const ClientToken = 'order-1';
    const first = await create(omelette, { ClientToken });
    const done = await outcome(first);
    const again = await create(omelette, { ClientToken });
    expect(again.ProgressEvent).toEqual(done);
    await expect(create({ ...omelette, Value: 'x' }, { ClientToken })).rejects.toMatchObject({
      name: 'ClientTokenConflictException',
    });
    await expect(remove(omelette.Name, { ClientToken })).rejects.toMatchObject({
      name: 'ClientTokenConflictException',
    });
    cloud.inside.clock.advance(36 * 3_600_000);
    expect((await outcome(await remove(omelette.Name, { ClientToken }))).OperationStatus).toBe(
      'SUCCESS',
    );
  });

  it('cannot be cancelled once it has ended', async () => {
    const { ProgressEvent } = await create(omelette);
    const { RequestToken } = await outcome({ ProgressEvent });
    const cancel = client.send(new CancelResourceRequestCommand({ RequestToken }));
    await expect(cancel).rejects.toMatchObject({ name: 'ConcurrentModificationException' });
  });

  it('is kept for seven days and listed, latest first', async () => {
    const made = await outcome(await create(omelette));
    cloud.inside.clock.advance(60_000);
    const removed = await outcome(await remove(omelette.Name));
    const list = async (input = {}) => {
      const page = await client.send(new ListResourceRequestsCommand(input));
      return page.ResourceRequestStatusSummaries;
    };
    expect(await list()).toEqual([removed, made]);
    expect(await list({ MaxResults: 1 })).toEqual([removed]);
    expect(await list({ ResourceRequestStatusFilter: { Operations: ['CREATE'] } })).toEqual([made]);
    cloud.inside.clock.advance(7 * 24 * 3_600_000 - 60_000);
    expect(await list()).toEqual([removed]);
    await expect(status(made.RequestToken!)).rejects.toMatchObject({
      ...{ name: 'RequestTokenNotFoundException', $metadata: { httpStatusCode: 404 } },
    });
  });
});

describe('what cannot be', () => {
  it.each([
    ['AWS::SSM::Nothing', 'TypeNotFoundException', 404],
    ['Kitchen::Of::Mine', 'TypeNotFoundException', 404],
    ['AWS::SSM::Document', 'NotImplemented', 501],
  ])('%s is refused with %s', async (type, name, httpStatusCode) => {
    const refusal = { name, $metadata: { httpStatusCode } };
    await expect(create({}, { TypeName: type })).rejects.toMatchObject(refusal);
    const list = client.send(new ListResourcesCommand({ TypeName: type }));
    await expect(list).rejects.toMatchObject(refusal);
  });

  it.each([
    ['{', 'InvalidRequestException', /not valid JSON/],
    ['[]', 'InvalidRequestException', /not a JSON object/],
    ['{"Value":"x"}', 'ValidationException', /^Model validation failed \(#: required key \[Type\]/],
    ['{"Type":"String","Value":"x","Policies":"p"}', 'NotImplemented', /property Policies/],
  ])('the state %s is refused with %s', async (DesiredState, name, message) => {
    const refused = client.send(new CreateResourceCommand({ TypeName, DesiredState }));
    await expect(refused).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it.each([
    [{ op: 'replace', path: '/Name', value: 'x' }, 'NotUpdatableException', /\/properties\/Name\]/],
    [{ op: 'remove', path: '/Soup' }, 'InvalidRequestException', /Soup/],
    [{ op: 'bake', path: '/Value' }, 'InvalidRequestException', /JSON Patch/],
    [{ op: 'remove', path: '/Value' }, 'ValidationException', /required key \[Value\]/],
    [
      { op: 'add', path: '/Arn', value: 'x' },
      'NotUpdatableException',
      /readOnlyProperties \[\/properties\/Arn\]/,
    ],
  ])('the patch %j is refused with %s', async (operation, name, message) => {
    await outcome(await create(omelette));
    const refused = update(omelette.Name, [operation]);
    await expect(refused).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('a role to act as is refused: it would not be taken', async () => {
    const RoleArn = 'arn:aws:iam::000000000000:role/cook';
    await expect(create(omelette, { RoleArn })).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('a server that is killed', () => {
  const steps = ['look', 'act', 'stabilize', 'report'];
  const moments = steps.flatMap((step) =>
    (['before', 'done', 'recorded'] as const).map((when) => [when, step] as const),
  );

  it.each(moments)('%s "%s" makes the resource at the next start', async (when, step) => {
    const made = await resumed(omelette, when, step);
    expect(made).toMatchObject({ OperationStatus: 'SUCCESS', Identifier: omelette.Name });
  });

  it('knows what it has made without a name of its own', async () => {
    const made = await resumed({ Type: 'String', Value: 'x' }, 'done', 'act');
    expect(made).toMatchObject({
      OperationStatus: 'SUCCESS',
      Identifier: expect.stringMatching(/^Parameter-/) as string,
    });
  });
});

/** How a creation has ended that a killed process had begun. */
async function resumed(desired: object, when: string, step: string): Promise<ProgressEvent> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cloudcontrol-'));
  try {
    const RequestToken = await killed(dataDir, desired, (...here) => {
      if (here[1] === step && here[2] === when) throw new Error('the process is gone');
    });
    await using next = await startTestCloud({ store: { dataDir } });
    await next.inside.workflows.settled();
    const asked = new GetResourceRequestStatusCommand({ RequestToken });
    return (await next.client(CloudControlClient).send(asked)).ProgressEvent!;
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

/** Orders a resource from a cloud that ends at a checkpoint. */
async function killed(
  dataDir: string,
  desired: object,
  checkpoint: (...here: string[]) => void,
): Promise<string> {
  await using first = await startTestCloud({ store: { dataDir }, checkpoint });
  const DesiredState = JSON.stringify(desired);
  const order = new CreateResourceCommand({ TypeName, DesiredState });
  const { ProgressEvent } = await first.client(CloudControlClient).send(order);
  await first.inside.workflows.settled();
  return ProgressEvent!.RequestToken!;
}
