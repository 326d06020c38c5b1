import {
  AllocateAddressCommand,
  DescribeAddressesAttributeCommand,
  DescribeAddressesCommand,
  DescribeMovingAddressesCommand,
  EC2Client,
  ModifyAddressAttributeCommand,
  MoveAddressToVpcCommand,
  ResetAddressAttributeCommand,
  RestoreAddressToClassicCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const MISSING = 'eipalloc-00000000000000000';

test('an address is given the name that it resolves back to, and loses it', async () => {
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
  const named = async () =>
    (
      await ec2.send(
        new DescribeAddressesAttributeCommand({
          ...{ AllocationIds: [AllocationId!], Attribute: 'domain-name' },
        }),
      )
    ).Addresses;
  const name = (DomainName: string, id = AllocationId) =>
    ec2.send(new ModifyAddressAttributeCommand({ AllocationId: id, DomainName }));
  expect(await named()).toEqual([{ AllocationId, PublicIp }]);
  expect((await name('mail.kitchen.example')).Address).toEqual({
    ...{ AllocationId, PublicIp },
    PtrRecordUpdate: { Value: 'mail.kitchen.example.', Status: 'PENDING' },
  });
  expect(await named()).toEqual([{ AllocationId, PublicIp, PtrRecord: 'mail.kitchen.example.' }]);
  await expect(name('no name')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(name('mail.kitchen.example', MISSING)).rejects.toMatchObject({
    name: 'InvalidAllocationID.NotFound',
  });
  const reset = await ec2.send(
    new ResetAddressAttributeCommand({ AllocationId, Attribute: 'domain-name' }),
  );
  expect(reset.Address).toMatchObject({
    PtrRecord: 'mail.kitchen.example.',
    PtrRecordUpdate: {
      Value: `ec2-${PublicIp!.replaceAll('.', '-')}.compute-1.amazonaws.com.`,
    },
  });
  expect(await named()).toEqual([{ AllocationId, PublicIp }]);
});

test('no address moves between VPCs and EC2-Classic', async () => {
  const { PublicIp, AllocationId } = await ec2.send(new AllocateAddressCommand({}));
  const moving = (PublicIps: string[]) =>
    ec2.send(new DescribeMovingAddressesCommand({ PublicIps }));
  expect((await moving([PublicIp!])).MovingAddressStatuses).toEqual([]);
  await expect(moving(['192.0.2.1'])).rejects.toMatchObject({ name: 'InvalidAddress.NotFound' });
  for (const [ip, name] of [
    [PublicIp, 'OperationNotPermitted'],
    ['192.0.2.1', 'InvalidAddress.NotFound'],
  ]) {
    const asked = { PublicIp: ip };
    await expect(ec2.send(new MoveAddressToVpcCommand(asked))).rejects.toMatchObject({ name });
    await expect(ec2.send(new RestoreAddressToClassicCommand(asked))).rejects.toMatchObject({
      name,
    });
  }
  const { Addresses } = await ec2.send(
    new DescribeAddressesCommand({ AllocationIds: [AllocationId!] }),
  );
  expect(Addresses).toMatchObject([{ PublicIp, Domain: 'vpc' }]);
});
