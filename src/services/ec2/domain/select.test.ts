import { describe, expect, it } from 'vitest';
import { kinds } from './resource-kinds.ts';
import { select, type Selection } from './select.ts';

const vpcs = [3, 1, 5, 2, 4, 6, 7].map((n) => ({ VpcId: `vpc-0000000${n}`, IsDefault: n === 3 }));

function ask(request: Selection & { VpcIds?: string[] }, all = vpcs) {
  return select(all, request, {
    id: (vpc) => vpc.VpcId,
    ids: { kind: kinds.vpc, given: request.VpcIds },
    filters: { isDefault: (vpc) => vpc.IsDefault },
  });
}

const idsOf = (answer: ReturnType<typeof ask>) => answer.found.map((vpc) => vpc.VpcId.at(-1));

describe('select', () => {
  it('gives everything in the order of IDs', () => {
    expect(idsOf(ask({}))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(ask({}).NextToken).toBeUndefined();
  });

  it('gives pages that go on where the last one ended, though resources go', () => {
    const first = ask({ MaxResults: 5 });
    expect(idsOf(first)).toEqual(['1', '2', '3', '4', '5']);
    const rest = vpcs.filter((vpc) => vpc.VpcId !== 'vpc-00000005');
    const second = ask({ MaxResults: 5, NextToken: first.NextToken }, rest);
    expect(idsOf(second)).toEqual(['6', '7']);
    expect(second.NextToken).toBeUndefined();
  });

  it('gives the resources that are named', () => {
    expect(idsOf(ask({ VpcIds: ['vpc-00000002', 'vpc-00000001'] }))).toEqual(['1', '2']);
  });

  it.each([
    [{ VpcIds: ['vpc-00000009'] }, "The vpc ID 'vpc-00000009' does not exist"],
    [{ VpcIds: ['vpc-x'] }, 'Invalid id: "vpc-x"'],
    [{ VpcIds: ['subnet-00000001'] }, 'Invalid id: "subnet-00000001" (expecting "vpc-...")'],
    [{ MaxResults: 4 }, 'Value ( 4 ) for parameter maxResults is invalid.'],
    [{ VpcIds: ['vpc-00000001'], MaxResults: 5 }, 'cannot be used with the parameter maxResults'],
    [{ NextToken: 'nonsense' }, "The token 'nonsense' is invalid"],
  ])('refuses %j', (request, message) => {
    expect(() => ask(request)).toThrow(message);
  });

  it('filters', () => {
    expect(idsOf(ask({ Filters: [{ Name: 'isDefault', Values: ['true'] }] }))).toEqual(['3']);
  });
});
