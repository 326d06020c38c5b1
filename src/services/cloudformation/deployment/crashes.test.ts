import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackEvent,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { failingAfter, type FailingEngine } from '../../../../test/failing-engine.ts';

const ENDED = /_COMPLETE$|_FAILED$/;

function template(name: string, value: string, third: boolean, type = 'String'): string {
  return JSON.stringify({
    Resources: {
      First: parameter({ Value: value }),
      Second: parameter({ Name: name, Value: { Ref: 'First' } }),
      Beside: parameter({ Value: 'beside' }),
      ...(third && {
        Third: {
          ...parameter({ Value: { 'Fn::GetAtt': ['Second', 'Value'] }, Type: type }),
          DependsOn: 'Beside',
        },
      }),
    },
    Outputs: { Name: { Value: { Ref: 'Second' } } },
  });
}

function parameter(properties: object) {
  return { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', ...properties } };
}

const create = new CreateStackCommand({
  ...{ StackName: 'shop', ClientRequestToken: 'create' },
  TemplateBody: template('/shop/second', 'one', true),
});
/** Changes First in place, replaces Second, removes Third. */
const update = new UpdateStackCommand({
  ...{ StackName: 'shop', ClientRequestToken: 'update' },
  TemplateBody: template('/shop/other', 'two', false),
});
/** The same but that Third cannot be as it is wanted. */
const failingUpdate = new UpdateStackCommand({
  ...{ StackName: 'shop', ClientRequestToken: 'update' },
  TemplateBody: template('/shop/other', 'two', true, 'Nonsense'),
});
const failingCreate = new CreateStackCommand({
  ...{ StackName: 'shop', ClientRequestToken: 'create' },
  TemplateBody: template('/shop/second', 'one', true, 'Nonsense'),
});
const deletion = new DeleteStackCommand({ StackName: 'shop', ClientRequestToken: 'delete' });

type Order = CreateStackCommand | UpdateStackCommand | DeleteStackCommand;

let root: string;
let created: string;
let createdId: string | undefined;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stack-crashes-'));
  created = join(root, 'created');
  await using shop = await open(created);
  await shop.send(create);
  await shop.ended();
  createdId = (await shop.stack()).StackId;
}, 30_000);

afterAll(() => rmSync(root, { recursive: true }));

/** A cloud on a directory, and what the test asks of it. */
async function open(dataDir: string, failing?: FailingEngine) {
  const cloud: TestCloud = await startTestCloud({
    store: { dataDir },
    ...(failing && { between: failing.between }),
  });
  const cloudFormation = cloud.client(CloudFormationClient);
  const ssm = cloud.client(SSMClient);
  const stack = async (StackName = 'shop') => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0]!;
  };
  return {
    send: async (order: Order) => cloudFormation.send(order),
    stack,
    /** Waits for what is under way to end. */
    async ended(id?: string): Promise<string | undefined> {
      await cloud.inside.workflows.settled();
      return (await stack(id)).StackStatus;
    },
    async told(StackName: string) {
      const { StackEvents = [] } = await cloudFormation.send(
        new DescribeStackEventsCommand({ StackName }),
      );
      return byResource(StackEvents.toReversed());
    },
    /** The physical IDs that the stack lists as standing, and those that stand. */
    async standing(StackName: string) {
      const { StackResourceSummaries = [] } = await cloudFormation.send(
        new ListStackResourcesCommand({ StackName }),
      );
      const listed = StackResourceSummaries.filter(
        ({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE',
      ).map(({ PhysicalResourceId }) => String(PhysicalResourceId));
      const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({}));
      return {
        listed: listed.toSorted(),
        there: Parameters.map(({ Name }) => String(Name)).toSorted(),
      };
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

/** What happened to each resource and to the stack, in order; resources go on side by side. */
function byResource(events: readonly StackEvent[]): Record<string, string[]> {
  const told: Record<string, string[]> = {};
  for (const event of events) {
    const { LogicalResourceId: id = '', ResourceStatus, ResourceStatusReason: reason } = event;
    const line = [ResourceStatus, reason?.replace(/RequestToken: [^,]*/, 'RequestToken: …')];
    (told[id] ??= []).push(line.join(' ').trim());
  }
  return told;
}

test.each([
  { name: 'create', from: undefined, order: create, ends: 'CREATE_COMPLETE', left: 4 },
  {
    name: 'create that fails',
    from: undefined,
    order: failingCreate,
    ends: 'ROLLBACK_COMPLETE',
    left: 0,
  },
  { name: 'update', from: 'created', order: update, ends: 'UPDATE_COMPLETE', left: 3 },
  {
    name: 'update that fails',
    from: 'created',
    order: failingUpdate,
    ends: 'UPDATE_ROLLBACK_COMPLETE',
    left: 4,
  },
  { name: 'deletion', from: 'created', order: deletion, ends: 'DELETE_COMPLETE', left: 0 },
])(
  'a $name that is cut off at any commit ends as if it had not been',
  async (scenario) => {
    const { from, order, ends, left } = scenario;
    const directory = (name: string) => {
      const path = join(root, `${scenario.name} ${name}`);
      if (from) cpSync(created, path, { recursive: true });
      return path;
    };
    const undisturbed = await finish(directory('undisturbed'), order, ends, from && createdId);
    expect(undisturbed.standing.there).toHaveLength(left);

    let crashes = 0;
    for (let commits = 0; ; commits++) {
      const path = directory(String(commits));
      const failing = failingAfter(commits);
      const crashed = await cutOff(path, order, failing, from && createdId);
      const outcome = await finish(path, order, ends, from && createdId);
      rmSync(path, { recursive: true });
      expect(outcome.told, `after ${commits} commits`).toEqual(undisturbed.told);
      expect(outcome.standing.there, `after ${commits} commits`).toHaveLength(left);
      expect(outcome.standing.there).toEqual(outcome.standing.listed);
      if (!crashed) break;
      crashes += 1;
    }
    // each resource takes three transactions and more: fewer would mean that nothing was cut off
    expect(crashes).toBeGreaterThan(12);
  },
  60_000,
);

/** @returns whether the order was cut off, and not over before */
async function cutOff(path: string, order: Order, failing: FailingEngine, id: string | undefined) {
  await using shop = await open(path, failing);
  return await failing.cutsOff(shop.send(order).then(() => shop.ended(id)));
}

/** Gives the order if nobody has taken it yet, and waits until it has ended. */
async function finish(path: string, order: Order, ends: string, id: string | undefined) {
  await using shop = await open(path);
  // a name is gone with its stack, an ID is not
  const gone = await shop.stack(id).then(
    ({ StackStatus }) => StackStatus === 'DELETE_COMPLETE',
    () => false,
  );
  if (!gone) await shop.send(order);
  const found = id ?? (await shop.stack()).StackId!;
  const status = await shop.ended(found);
  expect(status).toMatch(ENDED);
  expect(status).toBe(ends);
  return { told: await shop.told(found), standing: await shop.standing(found) };
}
