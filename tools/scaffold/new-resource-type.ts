import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '../../src/models/load.ts';
import {
  isAwsResourceType,
  resourceSchema,
  type ResourceSchema,
} from '../../src/models/resource-schema.ts';
import { listed } from './listed.ts';
import { camel, kebab, ScaffoldError } from './new-operation.ts';
import { newService } from './new-service.ts';

/** Namespaces that are not called as their service is. */
const services: Readonly<Record<string, string>> = { ElasticLoadBalancingV2: 'elbv2' };

/**
 * Writes a resource type's file, a test beside it that fails until the type works, and its line in
 * `resource-types.ts` or `service.ts`; before that the service's folder where it has none.
 *
 * @param root the repository
 * @param name AWS's, e.g. `AWS::SNS::Topic`
 * @returns the paths written: the type, its test, the table of contents, and what else is new
 * @throws ScaffoldError before anything is written
 */
export function newResourceType(root: string, name: string): string[] {
  const schema = resourceSchema(name);
  if (!schema) throw new ScaffoldError(unknown(name));
  const [, namespace = '', type = ''] = name.split('::');
  const service = services[namespace] ?? namespace.toLowerCase();
  if (!serviceNames().includes(service)) throw new ScaffoldError(`no service ${service}`);
  const folder = join(root, 'src', 'services', service);
  const table = tableOf(folder);
  const file = join(folder, 'resources', `${kebab(type)}.ts`);
  const test = join(folder, 'resources', `${kebab(type)}.test.ts`);
  if (existsSync(file)) throw new ScaffoldError(`${name} is there already: ${file}`);

  const made = newService(root, service);
  const tableSource = listed(withList(readFileSync(table, 'utf8')), {
    name: camel(type),
    path: `./resources/${kebab(type)}.ts`,
    list: /(?:resourceTypes: |AnyResourceType\[\] = )\[([^\]]*)\]/,
  });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(file, typeSource(name, type, schema));
  writeFileSync(test, testSource(name, schema));
  writeFileSync(table, tableSource);
  return [...new Set([file, test, table, ...made])];
}

function unknown(name: string): string {
  return isAwsResourceType(name)
    ? `the service of ${name} is not modelled: see tools/models/README.md`
    : `AWS has no resource type ${name}; names are AWS's, e.g. AWS::SNS::Topic`;
}

/** Where a service lists its resource types: in a file of their own where they are many. */
function tableOf(folder: string): string {
  const own = join(folder, 'resource-types.ts');
  return existsSync(own) ? own : join(folder, 'service.ts');
}

/** A table of contents with a list of resource types, empty where it had none. */
function withList(source: string): string {
  if (source.includes('resourceTypes: [') || source.includes('AnyResourceType[]')) return source;
  return source.replace(/^( *)create(\(|:)/m, '$1resourceTypes: [],\n$1create$2');
}

function typeSource(name: string, type: string, schema: ResourceSchema): string {
  const required = Object.entries(schema.properties).filter(([, { required: is }]) => is);
  const properties = required.map(([property]) => `'${property}'`).join(', ');
  const throwing = `throw new Error('${name} is not written yet');`;
  return `import { resourceType } from '../../../kernel/resource-type.ts';

export const ${camel(type)} = resourceType('${name}', {
  properties: [${properties}],
  async create(_desired, _context) {
    ${throwing}
  },
  async read(_identifier, _context) {
    ${throwing}
  },
  async delete(_identifier, _context) {
    ${throwing}
  },
  async list(_context) {
    ${throwing}
  },
});
`;
}

function testSource(name: string, schema: ResourceSchema): string {
  const desired = Object.entries(schema.properties)
    .filter(([, { required }]) => required)
    .map(([property, { type }]) => `${property}: ${example(type.type)}`);
  return `import { expect, test } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

test('makes, reads, lists and unmakes ${name}', async () => {
  await using harness = await startResourceHarness();
  const desired = { ${desired.join(', ')} };
  const made = await harness.create('${name}', desired);
  expect(await made.read()).toMatchObject(desired);
  expect(await harness.list('${name}')).toContain(made.identifier);
  await made.delete();
  expect(await made.read()).toBeUndefined();
});
`;
}

function example(type: string): string {
  if (type === 'array') return '[]';
  if (type === 'boolean') return 'true';
  if (type === 'integer' || type === 'number') return '1';
  return type === 'string' ? "'text'" : '{}';
}
