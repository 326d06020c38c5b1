import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceModel, Shape } from '../../src/models/model.ts';
import { loadModel, serviceNames } from '../../src/models/load.ts';
import { services } from '../models/services.ts';
import { listed } from './listed.ts';
import { newService } from './new-service.ts';

/** Asked for wrongly; the message is for the person who typed it. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';
}

/**
 * Writes an operation's file, a test beside it that fails until the operation works, and its line
 * in `service.ts`; before that the service's folder where this is its first operation.
 *
 * @param root the repository
 * @param service a modelled service, e.g. `ec2`
 * @param operation AWS's name, e.g. `DescribeHosts`
 * @returns the paths written: the operation, its test, the table of contents, and what else is new
 * @throws ScaffoldError before anything is written
 */
export function newOperation(root: string, service: string, operation: string): string[] {
  const model = modelOf(service, operation);
  const folder = join(root, 'src', 'services', service);
  const table = join(folder, 'service.ts');
  const file = join(folder, 'operations', `${kebab(operation)}.ts`);
  const test = join(folder, 'operations', `${kebab(operation)}.test.ts`);
  if (existsSync(file)) throw new ScaffoldError(`${operation} is there already: ${file}`);

  const made = newService(root, service);
  const tableSource = listed(readFileSync(table, 'utf8'), {
    name: camel(operation),
    path: `./operations/${kebab(operation)}.ts`,
    list: /operations: \[([^\]]*)\]/,
  });
  mkdirSync(join(folder, 'operations'), { recursive: true });
  writeFileSync(file, operationSource(service, operation, scopeOf(folder)));
  writeFileSync(test, testSource(model, operation));
  writeFileSync(table, tableSource);
  return [...new Set([file, test, table, ...made])];
}

function modelOf(service: string, operation: string): ServiceModel {
  if (!serviceNames().includes(service)) {
    throw new ScaffoldError(`no service ${service}; there are ${serviceNames().join(', ')}`);
  }
  const model = loadModel(service);
  if (!model.operations[operation]) {
    throw new ScaffoldError(
      `${service} has no operation ${operation}; names are AWS's, e.g. ${Object.keys(model.operations)[0]}`,
    );
  }
  return model;
}

function scopeOf(folder: string): string {
  const source = readFileSync(join(folder, 'scope.ts'), 'utf8');
  const name = /export interface (\w+Scope)\b/.exec(source)?.[1];
  if (!name) throw new ScaffoldError(`${folder}/scope.ts exports no interface named …Scope`);
  return name;
}

function operationSource(service: string, operation: string, scope: string): string {
  return `import { notImplemented } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/${service}.ts';
import type { ${scope} } from '../scope.ts';

export const ${camel(operation)} = operation(model.${operation}, {
  async handle(_input, _scope: ${scope}) {
    throw notImplemented('${service}', '${operation}');
  },
});
`;
}

function testSource(model: ServiceModel, operation: string): string {
  const { client, clientClass } = clientOf(model);
  const input = model.operations[operation]?.input;
  const shape = input === undefined ? undefined : model.shapes[input];
  return `import { ${clientClass}, ${operation}Command } from '${client}';
import { expect, test } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';

test('${operation} answers as AWS does', async () => {
  await using cloud = await startTestCloud();
  const client = cloud.client(${clientClass});
  const answer = await client.send(new ${operation}Command(${example(model, shape)}));
  expect(answer).toMatchObject({ replace: 'this by what AWS answers' });
});
`;
}

function clientOf(model: ServiceModel): { client: string; clientClass: string } {
  const client = services.find(({ name }) => name === model.service)?.client;
  if (!client) throw new ScaffoldError(`tools/models/services.ts lacks ${model.service}`);
  return { client, clientClass: `${model.sdkId.split(' ').map(capital).join('')}Client` };
}

/** The least input that the model takes: its required members with values of their type. */
function example(model: ServiceModel, shape: Shape | undefined): string {
  if (!shape || (shape.type !== 'structure' && shape.type !== 'union')) return '{}';
  const members = (shape.required ?? []).map(
    (name) => `${name}: ${exampleValue(model, model.shapes[shape.members[name]!.shape]!)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function exampleValue(model: ServiceModel, shape: Shape): string {
  switch (shape.type) {
    case 'structure':
    case 'union':
      return example(model, shape);
    case 'list':
      return `[${exampleValue(model, model.shapes[shape.member.shape]!)}]`;
    case 'map':
    case 'document':
      return '{}';
    case 'string':
      return `'${shape.enum?.[0] ?? 'text'}'`;
    case 'boolean':
      return 'true';
    case 'blob':
      return `Buffer.from('bytes')`;
    case 'timestamp':
      return 'new Date(0)';
    default:
      return String(shape.min ?? 1);
  }
}

/** `DescribeVpcs` → `describe-vpcs`, `DescribeDBInstances` → `describe-db-instances` */
export function kebab(operation: string): string {
  return operation
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

export function camel(operation: string): string {
  return operation[0]!.toLowerCase() + operation.slice(1);
}
