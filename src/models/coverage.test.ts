import { expect, test } from 'vitest';
import { coverage } from './coverage.ts';
import { GetItem, PutItem } from './generated/dynamodb.ts';
import { serviceNames } from './load.ts';

test('counts what is built beside what is modelled, service by service', () => {
  const report = coverage([{ ref: PutItem }, { ref: GetItem }]);
  expect(report.map(({ service }) => service)).toEqual(serviceNames());

  const dynamodb = report.find(({ service }) => service === 'dynamodb')!;
  expect(dynamodb.built).toBe(2);
  expect(dynamodb.modelled).toBe(dynamodb.operations.length);
  expect(dynamodb.operations).toContainEqual({ name: 'PutItem', built: true });
  expect(dynamodb.operations).toContainEqual({ name: 'Scan', built: false });

  const kms = report.find(({ service }) => service === 'kms')!;
  expect(kms.modelled).toBeGreaterThan(50);
  expect(kms.built).toBe(0);
});

test('tells operations of the same name apart by service', () => {
  const tagResource = { service: 'dynamodb', name: 'TagResource' };
  const tagged = coverage([{ ref: tagResource }]).filter(({ built }) => built > 0);
  expect(tagged.map(({ service }) => service)).toEqual(['dynamodb']);
});
