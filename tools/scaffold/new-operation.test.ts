import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newOperation } from './new-operation.ts';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scaffold-'));
  folder = join(root, 'src/services/ec2');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'scope.ts'), 'export interface Ec2Scope extends Scope {}\n');
  writeFileSync(
    join(folder, 'service.ts'),
    `import { createTags } from './operations/create-tags.ts';
import { runInstances } from './operations/run-instances.ts';
export const ec2 = service({ name: 'ec2', operations: [createTags, runInstances] });
`,
  );
  writeFileSync(
    join(root, 'src/services/index.ts'),
    `import type { AnyService } from '../kernel/service.ts';
import { ec2 } from './ec2/service.ts';
import { ssm } from './ssm/service.ts';
export const services: readonly AnyService[] = [ec2, ssm];
`,
  );
});

afterEach(() => rmSync(root, { recursive: true }));

test('writes the operation, its test and its line', () => {
  const [file, testFile, table] = newOperation(root, 'ec2', 'DescribeVpcs').map((path) =>
    readFileSync(path, 'utf8'),
  );
  expect(file).toContain('export const describeVpcs = operation(model.DescribeVpcs, {');
  expect(file).toContain("import type { Ec2Scope } from '../scope.ts';");
  expect(testFile).toContain(
    "import { EC2Client, DescribeVpcsCommand } from '@aws-sdk/client-ec2';",
  );
  expect(table!.split('\n')).toEqual([
    "import { createTags } from './operations/create-tags.ts';",
    "import { describeVpcs } from './operations/describe-vpcs.ts';",
    "import { runInstances } from './operations/run-instances.ts';",
    "export const ec2 = service({ name: 'ec2', operations: [",
    '    createTags,',
    '    describeVpcs,',
    '    runInstances,',
    '  ] });',
    '',
  ]);
});

test('makes the folder of a new service and lists it, its first operation inside', () => {
  newOperation(root, 'iam', 'CreateUser');
  const table = readFileSync(join(root, 'src/services/iam/service.ts'), 'utf8');
  expect(table.split('\n').slice(1, 9)).toEqual([
    "import { createUser } from './operations/create-user.ts';",
    "import type { IamScope } from './scope.ts';",
    '',
    'export const iam = service<IamScope>({',
    "  name: 'iam',",
    '  operations: [',
    '    createUser,',
    '  ],',
  ]);
  const index = readFileSync(join(root, 'src/services/index.ts'), 'utf8');
  expect(index.split('\n').slice(1)).toEqual([
    "import { ec2 } from './ec2/service.ts';",
    "import { iam } from './iam/service.ts';",
    "import { ssm } from './ssm/service.ts';",
    'export const services: readonly AnyService[] = [',
    '    ec2,',
    '    iam,',
    '    ssm,',
    '  ];',
    '',
  ]);
});

test('gives the test the input that the model asks for', () => {
  const [, testFile] = newOperation(root, 'ec2', 'CreateKeyPair');
  expect(readFileSync(testFile!, 'utf8')).toContain("CreateKeyPairCommand({ KeyName: 'text' })");
});

test.each([
  ['ec3', 'DescribeVpcs', /no service ec3/],
  ['ec2', 'DescribeVpc', /no operation DescribeVpc/],
])('refuses %s %s', (service, operation, reason) => {
  expect(() => newOperation(root, service, operation)).toThrow(reason);
});

test('never writes over an operation', () => {
  newOperation(root, 'ec2', 'DescribeVpcs');
  expect(() => newOperation(root, 'ec2', 'DescribeVpcs')).toThrow(/is there already/);
});
