import { expect, test } from 'vitest';
import { resourceTypeCoverage } from './resource-type-coverage.ts';

test('counts the resource types that are built beside those that AWS has', () => {
  const report = resourceTypeCoverage(['AWS::DynamoDB::Table', 'AWS::EC2::Instance']);
  expect(report.find(({ namespace }) => namespace === 'AWS::DynamoDB')).toEqual({
    ...{ namespace: 'AWS::DynamoDB', modelled: 2, built: 1 },
    resourceTypes: [
      { name: 'AWS::DynamoDB::GlobalTable', built: false },
      { name: 'AWS::DynamoDB::Table', built: true },
    ],
  });
  const others = report.filter(({ built }) => built > 0).map(({ namespace }) => namespace);
  expect(others).toEqual(['AWS::DynamoDB', 'AWS::EC2']);
  expect(report.find(({ namespace }) => namespace === 'AWS::EC2')!.modelled).toBeGreaterThan(90);
});
