import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::EC2::SecurityGroup';
const open = { CidrIp: '0.0.0.0/0' };
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...open };
const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...open };
const everything = { IpProtocol: '-1', FromPort: -1, ToPort: -1, ...open };

it('makes a group with its rules, changes the difference, and deletes it', async () => {
  await using harness = await startResourceHarness();
  const GroupDescription = 'who may come in';
  const made = await harness.create(type, {
    ...{ GroupDescription, SecurityGroupIngress: [ssh], SecurityGroupEgress: [web] },
    Tags: [{ Key: 'Name', Value: 'kitchen' }],
  });
  const GroupId = made.identifier;
  expect(await made.read()).toMatchObject({
    ...{ Id: GroupId, GroupId, GroupDescription },
    VpcId: expect.stringMatching(/^vpc-/),
    SecurityGroupIngress: [ssh],
    SecurityGroupEgress: [web],
    Tags: [{ Key: 'Name', Value: 'kitchen' }],
  });

  // A rule that somebody else added stays.
  const other = { IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [open] };
  const ec2 = harness.cloud.client(EC2Client);
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [other] }));
  const described = { ...web, Description: 'guests' };
  await made.update({ GroupDescription, SecurityGroupIngress: [described] });
  const changed = await made.read();
  expect(changed).toMatchObject({ SecurityGroupEgress: [everything] });
  expect(changed!.SecurityGroupIngress).toHaveLength(2);
  expect(changed!.SecurityGroupIngress).toEqual(
    expect.arrayContaining([described, { IpProtocol: 'udp', FromPort: 53, ToPort: 53, ...open }]),
  );
  expect(changed).not.toHaveProperty('Tags');

  await made.delete();
  expect(await made.read()).toBeUndefined();
  expect(await harness.list(type)).not.toContain(GroupId);
});
