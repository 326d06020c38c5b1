import { CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startResourceHarness, type ResourceHarness } from '../../../../test/resource-harness.ts';

const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };

async function group({ cloud }: ResourceHarness, GroupName: string): Promise<string> {
  const Description = 'who may come in';
  const made = await cloud
    .client(EC2Client)
    .send(new CreateSecurityGroupCommand({ GroupName, Description }));
  return made.GroupId!;
}

it('adds a rule to a group, describes it anew, and takes it away', async () => {
  await using harness = await startResourceHarness();
  const GroupId = await group(harness, 'kitchen');
  const desired = { ...web, CidrIp: '0.0.0.0/0', Description: 'guests' };
  const type = 'AWS::EC2::SecurityGroupIngress';
  const made = await harness.create(type, { GroupName: 'kitchen', ...desired });
  expect(made.identifier).toMatch(/^sgr-/);
  expect(await made.read()).toEqual({ Id: made.identifier, GroupId, ...desired });
  expect(await harness.list(type)).toContain(made.identifier);

  await made.update({ GroupName: 'kitchen', ...desired, Description: 'cooks' });
  expect(await made.read()).toMatchObject({ ...desired, Description: 'cooks' });
  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).not.toContain(made.identifier);
});

it('lets traffic out to another group', async () => {
  await using harness = await startResourceHarness();
  const GroupId = await group(harness, 'kitchen');
  const DestinationSecurityGroupId = await group(harness, 'cellar');
  const type = 'AWS::EC2::SecurityGroupEgress';
  const made = await harness.create(type, { GroupId, ...web, DestinationSecurityGroupId });
  expect(await made.read()).toEqual({
    ...{ Id: made.identifier, GroupId, ...web, DestinationSecurityGroupId },
  });
  expect(await harness.list('AWS::EC2::SecurityGroupIngress')).not.toContain(made.identifier);
  await made.delete();
  expect(await made.read()).toBeUndefined();
});

it("does not take somebody else's rule for its own", async () => {
  await using harness = await startResourceHarness();
  const GroupId = await group(harness, 'kitchen');
  const desired = { GroupId, ...web, CidrIp: '0.0.0.0/0' };
  const first = await harness.create('AWS::EC2::SecurityGroupIngress', desired);
  await expect(harness.create('AWS::EC2::SecurityGroupIngress', desired)).rejects.toMatchObject({
    code: 'InvalidPermission.Duplicate',
  });
  await expect(
    harness.create('AWS::EC2::SecurityGroupIngress', { ...desired, CidrIpv6: '::/0' }),
  ).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
  expect(await first.read()).toMatchObject(web);
});
