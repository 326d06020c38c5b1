import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Cloud } from '../src/cloud.ts';
import { type Caller, rootPrincipal } from '../src/kernel/caller.ts';
import type {
  AnyResourceType,
  ResourceContext,
  ResourceTypeDefinition,
} from '../src/kernel/resource-type.ts';
import type { OperationRef } from '../src/models/ref.ts';
import type { ResourceModels } from '../src/models/generated/resource-types.ts';
import { type Platform, service } from '../src/kernel/service.ts';
import { services } from '../src/services/index.ts';
import { startTestCloud, type TestCloud } from './cloud.ts';

type Tags = Readonly<Record<string, string>>;

/** A cloud whose resource types a test drives as CloudFormation does, without its engine. */
export interface ResourceHarness extends AsyncDisposable {
  readonly cloud: TestCloud;
  /**
   * Makes a resource and waits until it is there. Whatever has to bear repetition is called twice,
   * as after a crash: here and in what the resource offers.
   *
   * @param tags beside those that CloudFormation gives every resource
   */
  create<Name extends keyof ResourceModels>(
    type: Name,
    desired: ResourceModels[Name],
    tags?: Tags,
  ): Promise<TestResource<ResourceModels[Name]>>;
  /** The next call of an operation, by any resource type, fails before anything of it is done. */
  crashBefore(operation: OperationRef<never, unknown>): void;
  /** The identifiers of all resources of a type. */
  list(type: string): Promise<readonly string[]>;
}

export interface TestResource<P extends object> {
  readonly identifier: string;
  read(): Promise<P | undefined>;
  /** Changes it in place and waits until that is done. */
  update(desired: P, tags?: Tags): Promise<void>;
  /** Whether a change of this property replaces it where the schema says "maybe". */
  replaces(property: keyof P & string, desired: P): boolean;
  delete(): Promise<void>;
}

const caller: Caller = {
  account: '000000000000',
  region: 'us-east-1',
  principal: rootPrincipal('000000000000'),
  calledVia: ['cloudformation.amazonaws.com'],
};

export async function startResourceHarness(): Promise<ResourceHarness> {
  let platform: Platform;
  const listener = service({
    name: 'listener',
    operations: [],
    create: (given) => ((platform = given), { scope: {} }),
  });
  const cloud = await startTestCloud({ services: [...services, listener] });
  const typeOf = (name: string): AnyResourceType => {
    const type = platform.resourceType(name);
    if (!type) throw new Error(`${name} is not built`);
    return type;
  };
  let resources = 0;
  let crash: string | undefined;
  const invoke: ResourceContext['invoke'] = (operation, input) => {
    if (operation.name !== crash) return platform.invoke(caller, operation, input);
    crash = undefined;
    return Promise.reject(new Error('crashed'));
  };
  const contextsOf = (logicalId: string): NewContext => {
    let changes = 0;
    return (tags = {}) => contextOf({ cloud, invoke, logicalId, tags, change: ++changes });
  };
  return {
    cloud,
    create: (name, desired, tags) =>
      create(typeOf(name), desired, contextsOf(`Resource${++resources}`), tags),
    crashBefore: ({ name }) => void (crash = name),
    list: (name) => typeOf(name).list(contextsOf('None')()),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

type NewContext = (tags?: Tags) => ResourceContext;

async function create<P extends object>(
  type: ResourceTypeDefinition<P>,
  first: P,
  newContext: NewContext,
  tags: Tags | undefined,
): Promise<TestResource<P>> {
  let current = first;
  const context = newContext(tags);
  const identifier = await type.create(first, context);
  expect(await type.create(first, context), 'the second attempt').toBe(identifier);
  await type.stabilize?.(identifier, context);
  return {
    identifier,
    read: () => type.read(identifier, newContext()),
    async update(desired, newTags = tags) {
      const change = newContext(newTags);
      if (!type.update) throw new Error('this type is not updated in place');
      await type.update(identifier, desired, current, change);
      await type.update(identifier, desired, current, change);
      await type.stabilize?.(identifier, change);
      current = desired;
    },
    replaces: (property, desired) => type.replaces?.(property, desired, current) ?? false,
    async delete() {
      const change = newContext();
      await type.delete(identifier, change);
      await type.delete(identifier, change);
    },
  };
}

function contextOf(parts: {
  readonly cloud: TestCloud;
  readonly invoke: ResourceContext['invoke'];
  readonly logicalId: string;
  readonly change: number;
  readonly tags: Tags;
}): ResourceContext {
  const { cloud, invoke, logicalId, change, tags } = parts;
  return {
    caller,
    token: `${logicalId}-${change}`,
    generatedName: (maxLength) => `stack-${logicalId}-1A2B3C4D5E6F`.slice(-maxLength),
    tags: {
      'aws:cloudformation:stack-id': 'arn:aws:cloudformation:us-east-1:000000000000:stack/stack/1',
      'aws:cloudformation:stack-name': 'stack',
      'aws:cloudformation:logical-id': logicalId,
      ...tags,
    },
    signal: new AbortController().signal,
    invoke,
    until: (reached) => until(cloud.inside, reached),
  };
}

const MAX_ATTEMPTS = 1_000;
/** What has not come about by then waits for the disk. */
const ATTEMPTS_AT_ONCE = 100;
const BETWEEN_MS = 5;

/** Lets the cloud's time pass, as nothing else moves it here. */
async function until(cloud: Cloud, reached: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (await reached()) return;
    cloud.clock.advance(1_000);
    await (attempt < ATTEMPTS_AT_ONCE ? setImmediate() : setTimeout(BETWEEN_MS));
  }
  throw new Error('this never came about');
}
