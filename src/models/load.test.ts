import { describe, expect, test } from 'vitest';
import {
  loadModel,
  loadPaginators,
  loadWaiters,
  operationNames,
  serviceHeaders,
  serviceNames,
} from './load.ts';
import type { Member, ServiceModel, Shape } from './model.ts';

describe.each(serviceNames())('the model of %s', (service) => {
  const model = loadModel(service);

  test('has only operations whose input, output and errors are modelled', () => {
    const operations = Object.values(model.operations);
    const structures = operations.flatMap(({ input, output }) => [input, output]);
    const reached = structures.filter((structure) => structure !== undefined);
    expect(reached.filter((name) => model.shapes[name]?.type !== 'structure')).toEqual([]);
    const errors = operations.flatMap((operation) => operation.errors ?? []);
    expect(errors.filter((name) => !isError(model.shapes[name]))).toEqual([]);
  });

  test('has no reference that leads nowhere', () => {
    const names = Object.values(model.shapes)
      .flatMap(membersOf)
      .map(({ shape }) => shape);
    expect(names.filter((name) => !(name in model.shapes))).toEqual([]);
  });

  test("can be told apart on the wire, operation by operation, without the JS SDK's x-id", () => {
    const addresses = Object.keys(model.operations)
      // Like ListBuckets, but for directory buckets and signed for `s3express`.
      .filter((name) => name !== 'ListDirectoryBuckets')
      .map((name) => addressOf(model, name));
    expect(addresses).toEqual([...new Set(addresses)]);
  });

  test('has every label of a path among the members of its input', () => {
    for (const { http, input } of Object.values(model.operations)) {
      const labels = [...(http?.uri.matchAll(/\{(\w+)\+?\}/g) ?? [])].map(([, label]) => label!);
      for (const label of labels) expect(memberOf(model, input!, label).location).toBe('path');
    }
  });

  test('has the operations that its paginators and waiters call', () => {
    const { operations } = model;
    for (const [name, paginator] of Object.entries(loadPaginators(service))) {
      for (const token of paginator.inputTokens) memberOf(model, operations[name]!.input!, token);
      expect(paginator.outputTokens).toHaveLength(paginator.inputTokens.length);
    }
    for (const { operation } of Object.values(loadWaiters(service))) {
      expect(operations).toHaveProperty(operation);
    }
  });
});

test("the index has each model's header and operations", () => {
  for (const header of serviceHeaders()) {
    const model = loadModel(header.service);
    expect(model).toMatchObject(header);
    expect(operationNames()[header.service]).toEqual(Object.keys(model.operations));
  }
});

test('a model is read once', () => {
  expect(loadModel('sts')).toBe(loadModel('sts'));
});

test('a service that is not modelled, or a path, is no model', () => {
  expect(() => loadModel('waiters')).toThrow('no model of a service named waiters');
  expect(() => loadModel('../../../package')).toThrow('no model');
  expect(loadModel('iam').sdkId).toBe('IAM');
});

test('services are found by the names that requests carry', () => {
  expect(by('targetPrefix', 'DynamoDB_20120810')).toEqual(['dynamodb']);
  expect(by('targetPrefix', 'AmazonSSM')).toEqual(['ssm']);
  expect(by('cborServiceName', 'GraniteServiceVersion20100801')).toEqual(['cloudwatch']);
});

function by(key: 'targetPrefix' | 'cborServiceName', value: string): string[] {
  const headers = serviceHeaders().filter((header) => header[key] === value);
  return headers.map(({ service }) => service);
}

function isError(shape: Shape | undefined): boolean {
  return shape?.type === 'structure' && shape.error !== undefined;
}

function membersOf(shape: Shape): readonly Member[] {
  if ('members' in shape) return Object.values(shape.members);
  if ('member' in shape) return [shape.member];
  return 'key' in shape ? [shape.key, shape.value] : [];
}

function memberOf(model: ServiceModel, structure: string, name: string): Member {
  const shape = model.shapes[structure];
  if (!shape || !('members' in shape)) throw new Error(`${structure} is not a structure`);
  const member = shape.members[name];
  if (!member) throw new Error(`${structure} has no ${name}`);
  return member;
}

/** What only a request for this operation has: its name, or its path with what it requires beside. */
function addressOf(model: ServiceModel, name: string): string {
  const { http } = model.operations[name]!;
  if (!http) return name;
  return `${http.method} ${http.uri.replace(/[?&]x-id=\w+/, '')}${selectors(model, name)}`;
}

/** The headers and query parameters that the operation requires. */
function selectors(model: ServiceModel, operation: string): string {
  const input = model.operations[operation]!.input;
  const shape = input === undefined ? undefined : model.shapes[input];
  if (!shape || !('members' in shape)) return '';
  return (shape.required ?? [])
    .map((name) => shape.members[name]!)
    .filter(({ location }) => location === 'header' || location === 'query')
    .map(({ location, name }) => ` ${location}:${name}`)
    .join('');
}
