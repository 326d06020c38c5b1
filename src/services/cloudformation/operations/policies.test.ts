import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListExportsCommand,
  ListImportsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { gatedAt, type GatedEngine } from '../../../../test/gated-engine.ts';

const STUCK = '/gate/stuck';

let cloud: TestCloud;
let gate: GatedEngine;
let client: CloudFormationClient;

beforeEach(async () => {
  gate = gatedAt(STUCK);
  cloud = await startTestCloud({ between: gate.between });
  client = cloud.client(CloudFormationClient);
});

afterEach(() => cloud[Symbol.asyncDispose]());

function parameter(properties: object, attributes: object = {}) {
  const Properties = { Type: 'String', Value: 'x', ...properties };
  return { Type: 'AWS::SSM::Parameter', Properties, ...attributes };
}

async function stack(StackName: string) {
  await cloud.inside.workflows.settled();
  return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0]!;
}

async function create(StackName: string, template: object, more: object = {}) {
  const TemplateBody = JSON.stringify(template);
  await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  return stack(StackName);
}

async function update(StackName: string, more: object) {
  await client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, ...more }));
  return stack(StackName);
}

async function remove(StackName: string, RetainResources?: string[]) {
  const { StackId } = await stack(StackName);
  await client.send(new DeleteStackCommand({ StackName, RetainResources }));
  return (await stack(StackId!)).StackStatus;
}

async function names(): Promise<string[]> {
  const { Parameters = [] } = await cloud.client(SSMClient).send(new DescribeParametersCommand({}));
  return Parameters.map(({ Name }) => String(Name)).toSorted();
}

test('an export is imported, and neither changed nor deleted as long as it is', async () => {
  const exporting = (Value: string) => ({
    Resources: { One: parameter({}) },
    Outputs: { Out: { Value, Export: { Name: 'shop-door' } } },
  });
  await create('owner', exporting('front'));
  const user = { Resources: { Two: parameter({ Value: { 'Fn::ImportValue': 'shop-door' } }) } };
  expect((await create('user', user)).StackStatus).toBe('CREATE_COMPLETE');
  const { Exports } = await client.send(new ListExportsCommand({}));
  expect(Exports).toMatchObject([{ Name: 'shop-door', Value: 'front' }]);
  const imports = new ListImportsCommand({ ExportName: 'shop-door' });
  expect((await client.send(imports)).Imports).toEqual(['user']);

  const refusal = 'Export shop-door cannot be deleted as it is in use by user';
  await expect(remove('owner')).rejects.toThrow(refusal);
  const changed = { UsePreviousTemplate: false, TemplateBody: JSON.stringify(exporting('back')) };
  expect((await update('owner', changed)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const second = await create('second', exporting('side'));
  expect(second.StackStatus).toBe('ROLLBACK_COMPLETE');

  expect(await remove('user')).toBe('DELETE_COMPLETE');
  expect((await update('owner', changed)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await remove('owner')).toBe('DELETE_COMPLETE');
});

test('a resource that is to be retained stays, one only after its creation goes with a rollback', async () => {
  const template = (Type: string) => ({
    Resources: {
      Kept: parameter({ Name: '/kept' }, { DeletionPolicy: 'Retain' }),
      Late: parameter({ Name: '/late' }, { DeletionPolicy: 'RetainExceptOnCreate' }),
      Last: parameter({ Name: '/last', Type }, { DependsOn: ['Kept', 'Late'] }),
    },
  });
  expect((await create('failed', template('Nonsense'))).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await names()).toEqual(['/kept']);
  expect(await remove('failed')).toBe('DELETE_COMPLETE');

  const other = JSON.parse(JSON.stringify(template('String')).replace('/kept', '/kept2'));
  expect((await create('made', other)).StackStatus).toBe('CREATE_COMPLETE');
  expect(await remove('made')).toBe('DELETE_COMPLETE');
  expect(await names()).toEqual(['/kept', '/kept2', '/late']);
});

test('what could not be deleted is retained on demand', async () => {
  await create('shop', { Resources: { Stuck: parameter({ Name: STUCK }), Free: parameter({}) } });
  await expect(remove('shop', ['Stuck'])).rejects.toThrow(/only when the stack is in the DELETE_/);
  gate.close(async () => {
    throw new Error('the disk is full');
  });
  expect(await remove('shop')).toBe('DELETE_FAILED');
  expect(await names()).toEqual([STUCK]);
  expect(await remove('shop', ['Stuck'])).toBe('DELETE_COMPLETE');
  expect(await names()).toEqual([STUCK]);
});

const guarded = {
  Parameters: {
    Open: { Type: 'String', Default: 'no' },
    Secret: { Type: 'String', NoEcho: true },
    Value: { Type: 'String', Default: 'first' },
  },
  Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] } },
  Resources: {
    Door: parameter({ Name: '/door' }, { Condition: 'IsOpen' }),
    House: parameter({ Name: '/house', Value: { Ref: 'Value' } }),
    Safe: parameter({ Name: '/safe', Value: { Ref: 'Secret' } }),
  },
};
const given = (ParameterKey: string, ParameterValue?: string) =>
  ParameterValue === undefined
    ? { ParameterKey, UsePreviousValue: true }
    : { ParameterKey, ParameterValue };

test('a condition turns a resource on and off; a secret is kept and not shown', async () => {
  const { Parameters } = await create('house', guarded, {
    Parameters: [given('Secret', 's3cret')],
  });
  expect(Parameters).toContainEqual({ ParameterKey: 'Secret', ParameterValue: '****' });
  expect(await names()).toEqual(['/house', '/safe']);
  await update('house', { Parameters: [given('Open', 'yes'), given('Secret')] });
  expect(await names()).toEqual(['/door', '/house', '/safe']);
  await update('house', { Parameters: [given('Open', 'no'), given('Secret')] });
  expect(await names()).toEqual(['/house', '/safe']);
  const get = new GetParameterCommand({ Name: '/safe' });
  expect((await cloud.client(SSMClient).send(get)).Parameter?.Value).toBe('s3cret');
});

test('other tags alone are an update', async () => {
  await create('house', guarded, { Parameters: [given('Secret', 's3cret')] });
  const Tags = [{ Key: 'team', Value: 'kitchen' }];
  const tagged = await update('house', { Tags, Parameters: [given('Secret')] });
  expect(tagged).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Tags });
});
