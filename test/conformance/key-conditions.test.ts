import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startTestTable } from '../dynamodb-table.ts';
import { bytes, canonical, fromSdk, order, sdkItem } from './values.ts';
import type { Wire } from './values.ts';

const TEXTS = ['a', 'ab', 'abc', 'b', 'Z', 'é', 'éa', '\uffee', '\u{1f373}', 'a\u0000', 'a\u0001'];
const NUMBERS = ['0', '-1', '1', '-1.5', '10', '9', '1e-130', '-9e125', '9e125', '100.25', '-10'];
const BINARIES = ['AA==', 'AAA=', 'AAE=', 'AQ==', 'AQI=', 'fw==', '/w==', '//8=', '/wA='];

interface Kind {
  readonly type: 'S' | 'N' | 'B';
  readonly keys: readonly string[];
  readonly beginsWith: boolean;
}
const kinds: readonly Kind[] = [
  { type: 'S', keys: TEXTS, beginsWith: true },
  { type: 'N', keys: NUMBERS, beginsWith: false },
  { type: 'B', keys: BINARIES, beginsWith: true },
];

/** What a condition on the sort key asks, in words of the expression and as a function. */
interface SortCondition {
  readonly text: string;
  readonly values: Readonly<Record<string, Wire>>;
  readonly holds: (key: Wire) => boolean;
}

function sortConditions({ type, keys, beginsWith }: Kind): fc.Arbitrary<SortCondition | undefined> {
  const key = fc.constantFrom(...keys).map((content): Wire => ({ [type]: content }));
  const signs: Record<string, (sign: number) => boolean> = {
    '=': (sign) => sign === 0,
    '<': (sign) => sign < 0,
    '<=': (sign) => sign <= 0,
    '>': (sign) => sign > 0,
    '>=': (sign) => sign >= 0,
  };
  const comparison = fc
    .tuple(fc.constantFrom(...Object.keys(signs)), key)
    .map(([comparator, bound]): SortCondition => ({
      text: `sk ${comparator} :a`,
      values: { ':a': bound },
      holds: (one) => signs[comparator]!(order(one, bound)!),
    }));
  const between = fc
    .tuple(key, key)
    .filter(([low, high]) => order(low, high)! <= 0)
    .map(([low, high]): SortCondition => ({
      text: 'sk BETWEEN :a AND :b',
      values: { ':a': low, ':b': high },
      holds: (one) => order(one, low)! >= 0 && order(one, high)! <= 0,
    }));
  const prefix = key.map((start): SortCondition => ({
    text: 'begins_with(sk, :a)',
    values: { ':a': start },
    holds: (one) => startsWith(one, start),
  }));
  return fc.oneof(fc.constant(undefined), comparison, between, ...(beginsWith ? [prefix] : []));
}

function startsWith(one: Wire, start: Wire): boolean {
  if ('S' in one) return (one['S'] as string).startsWith(start['S'] as string);
  const [whole, wanted] = [bytes(one['B'] as string), bytes(start['B'] as string)];
  return wanted.every((byte, index) => whole[index] === byte);
}

describe.each(kinds)('sort keys of type $type', (kind) => {
  test('are found and ordered as a simple model does, page by page', async () => {
    await using table = await startTestTable(kind.type);
    const { client, TableName } = table;
    const keys = kind.keys.map((content): Wire => ({ [kind.type]: content }));
    for (const pk of ['one', 'two']) {
      for (const sk of keys) {
        await client.send(new PutItemCommand({ TableName, Item: sdkItem({ pk: { S: pk }, sk }) }));
      }
    }
    const ordered = keys.toSorted((one, two) => order(one, two)!);

    /** The sort keys that a query finds, over all of its pages. */
    async function found(input: Omit<QueryCommandInput, 'TableName'>): Promise<string[]> {
      const all: string[] = [];
      let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            ...input,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        all.push(...page.Items!.map((one) => canonical(fromSdk(one)['sk']!)));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return all;
    }

    await fc.assert(
      fc.asyncProperty(
        sortConditions(kind),
        fc.boolean(),
        fc.constantFrom(1, 3, 100),
        async (condition, ScanIndexForward, Limit) => {
          const expected = ordered.filter((one) => condition?.holds(one) ?? true);
          const answer = await found({
            KeyConditionExpression: `pk = :p${condition ? ` AND ${condition.text}` : ''}`,
            ExpressionAttributeValues: sdkItem({ ':p': { S: 'two' }, ...condition?.values }),
            ScanIndexForward,
            Limit,
          });
          expect(answer).toEqual(
            (ScanIndexForward ? expected : expected.toReversed()).map(canonical),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
