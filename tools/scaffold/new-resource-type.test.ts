import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newResourceType } from './new-resource-type.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scaffold-'));
  mkdirSync(join(root, 'src/services/sns'), { recursive: true });
  writeFileSync(
    join(root, 'src/services/sns/service.ts'),
    "export const sns = service({\n  name: 'sns',\n  operations: [],\n  create: () => ({ scope: {} }),\n});\n",
  );
});
afterEach(() => rmSync(root, { recursive: true }));

test('writes the resource type, its test and its line', () => {
  const [file, testFile, table] = newResourceType(root, 'AWS::SNS::Subscription').map((path) =>
    readFileSync(path, 'utf8'),
  );
  expect(file).toContain("export const subscription = resourceType('AWS::SNS::Subscription', {");
  expect(file).toContain("properties: ['Protocol', 'TopicArn'],");
  expect(testFile).toContain("const desired = { Protocol: 'text', TopicArn: 'text' };");
  expect(table).toContain("import { subscription } from './resources/subscription.ts';");
  expect(table).toMatch(/resourceTypes: \[\s*subscription,\s*\],\s*create:/);

  const [, , second] = newResourceType(root, 'AWS::SNS::Topic');
  expect(readFileSync(second!, 'utf8')).toMatch(/resourceTypes: \[\s*subscription,\s*topic,\s*\]/);
});

test('keeps to a list in a file of its own', () => {
  const own = join(root, 'src/services/sns/resource-types.ts');
  writeFileSync(own, 'export const resourceTypes: readonly AnyResourceType[] = [\n  topic,\n];\n');
  const [, , table] = newResourceType(root, 'AWS::SNS::Subscription');
  expect(table).toBe(own);
  expect(readFileSync(own, 'utf8')).toMatch(
    /AnyResourceType\[\] = \[\s*subscription,\s*topic,\s*\];/,
  );
});

test.each([
  ['AWS::SNS::Topics', /AWS has no resource type AWS::SNS::Topics/],
  ['AWS::Batch::JobQueue', /is not modelled/],
])('refuses %s', (name, reason) => {
  expect(() => newResourceType(root, name)).toThrow(reason);
});

test('never writes over a resource type', () => {
  newResourceType(root, 'AWS::SNS::Topic');
  expect(() => newResourceType(root, 'AWS::SNS::Topic')).toThrow(/is there already/);
});
