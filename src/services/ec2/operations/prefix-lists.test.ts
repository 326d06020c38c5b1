import {
  AuthorizeSecurityGroupEgressCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DeleteManagedPrefixListCommand,
  DeleteRouteCommand,
  DeleteSecurityGroupCommand,
  DescribeManagedPrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  GetManagedPrefixListAssociationsCommand,
  GetManagedPrefixListEntriesCommand,
  ModifyManagedPrefixListCommand,
  RestoreManagedPrefixListVersionCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const offices = {
  PrefixListName: 'offices',
  AddressFamily: 'IPv4',
  MaxEntries: 2,
  Entries: [{ Cidr: '192.0.2.7/24', Description: 'north' }],
};

async function newList(): Promise<string> {
  const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(offices));
  return PrefixList!.PrefixListId!;
}

async function entries(PrefixListId: string, TargetVersion?: number) {
  const { Entries } = await ec2.send(
    new GetManagedPrefixListEntriesCommand({ PrefixListId, TargetVersion }),
  );
  return Entries!;
}

it('keeps the entries of every version', async () => {
  const PrefixListId = await newList();
  const modify = (change: object) =>
    ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId, ...change }));
  const south = { Cidr: '198.51.100.0/24', Description: 'south' };
  await modify({ CurrentVersion: 1, AddEntries: [south] });
  expect(await entries(PrefixListId)).toEqual([
    { Cidr: '192.0.2.0/24', Description: 'north' },
    south,
  ]);
  expect(await entries(PrefixListId, 1)).toHaveLength(1);
  await expect(
    modify({ CurrentVersion: 1, RemoveEntries: [{ Cidr: south.Cidr }] }),
  ).rejects.toMatchObject({ name: 'PrefixListVersionMismatch' });
  await expect(
    modify({ CurrentVersion: 2, AddEntries: [{ Cidr: '203.0.113.0/24' }] }),
  ).rejects.toMatchObject({ name: 'PrefixListMaxEntriesExceeded' });
  await modify({
    CurrentVersion: 2,
    RemoveEntries: [{ Cidr: south.Cidr }],
    AddEntries: [{ Cidr: south.Cidr, Description: 'far south' }],
  });
  expect(await entries(PrefixListId)).toContainEqual({ ...south, Description: 'far south' });
  await modify({ PrefixListName: 'branches' });
  await ec2.send(
    new RestoreManagedPrefixListVersionCommand({
      PrefixListId,
      PreviousVersion: 1,
      CurrentVersion: 3,
    }),
  );
  expect(await entries(PrefixListId)).toHaveLength(1);
  await modify({ MaxEntries: 1 });
  const { PrefixLists } = await ec2.send(
    new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId] }),
  );
  expect(PrefixLists).toMatchObject([
    { PrefixListName: 'branches', MaxEntries: 1, Version: 4, State: 'modify-complete' },
  ]);
});

it.each([
  [{ PrefixListName: 'com.amazonaws.mine' }, 'InvalidParameterValue'],
  [{ AddressFamily: 'IPv5' }, 'InvalidParameterValue'],
  [{ AddressFamily: 'IPv6' }, 'InvalidParameterValue'],
  [{ MaxEntries: 0 }, 'InvalidParameterValue'],
  [{ Entries: [{ Cidr: '10.0.0.0' }] }, 'InvalidParameterValue'],
])('refuses a list with %o', async (change, name) => {
  await expect(
    ec2.send(new CreateManagedPrefixListCommand({ ...offices, ...change })),
  ).rejects.toMatchObject({ name });
});

it('is referred to by rules and routes, and stays as long as it is', async () => {
  const PrefixListId = await newList();
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'out', Description: 'out' }),
  );
  const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  const authorize = (id: string) =>
    ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId: GroupId!,
        IpPermissions: [{ ...rule, PrefixListIds: [{ PrefixListId: id }] }],
      }),
    );
  await expect(authorize('pl-0123456789abcdef0')).rejects.toMatchObject({
    name: 'InvalidPrefixListID.NotFound',
  });
  await authorize(PrefixListId);
  const { SecurityGroups } = await ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [GroupId!] }),
  );
  expect(SecurityGroups![0]!.IpPermissionsEgress).toContainEqual(
    expect.objectContaining({ PrefixListIds: [{ PrefixListId }] }),
  );

  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({}));
  const { RouteTableId, Routes } = RouteTables![0]!;
  const route = { RouteTableId, DestinationPrefixListId: PrefixListId };
  const { GatewayId } = Routes!.find((each) => each.GatewayId !== 'local')!;
  await ec2.send(new CreateRouteCommand({ ...route, GatewayId }));
  const { PrefixListAssociations } = await ec2.send(
    new GetManagedPrefixListAssociationsCommand({ PrefixListId }),
  );
  expect(new Set(PrefixListAssociations!.map((each) => each.ResourceId))).toEqual(
    new Set([GroupId, RouteTableId]),
  );

  const remove = new DeleteManagedPrefixListCommand({ PrefixListId });
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'DependencyViolation' });
  await ec2.send(new DeleteRouteCommand(route));
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: GroupId! }));
  const { PrefixList } = await ec2.send(remove);
  expect(PrefixList!.State).toBe('delete-in-progress');
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'InvalidPrefixListID.NotFound' });
});
