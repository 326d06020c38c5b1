import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  DescribeRouteTablesCommand,
  DeleteRouteCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { VpcUnderTest, type Machine } from './vpc-under-test.ts';

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: packets of VPCs. ${obstacle}`);

describe.skipIf(obstacle !== undefined)('packets in a VPC', () => {
  let net: VpcUnderTest;
  let vpc: string;
  let web: Machine;
  let app: Machine;
  let webGroup: string;
  let appGroup: string;

  beforeAll(async () => {
    net = await VpcUnderTest.start();
    vpc = await net.vpc('10.20.0.0/16');
    const open = await net.subnet(vpc, '10.20.1.0/24');
    webGroup = await net.group(vpc, 'web');
    appGroup = await net.group(vpc, 'app');
    web = await net.launch(open, webGroup, true);
    app = await net.launch(open, appGroup);
  }, 90_000);

  afterAll(() => net?.[Symbol.asyncDispose]());

  test('a group lets another group in, and nobody else', { timeout: 60_000 }, async () => {
    await net.expectReach(web, app.address, false);
    const rule = {
      GroupId: appGroup,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          UserIdGroupPairs: [{ GroupId: webGroup }],
        },
      ],
    };
    await net.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    await net.expectReach(web, app.address, true);
    await net.expectReach(app, web.address, false);
    await net.ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    await net.expectReach(web, app.address, false);
  });

  test('the host gets in where route and group let it', { timeout: 60_000 }, async () => {
    expect(web.public).toMatch(/^127\./);
    expect(await greeting(web.public)).toBe('');
    await net.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: webGroup,
        ...{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
      }),
    );
    expect(await greeting(web.public)).toBe('');
    const { InternetGateway } = await net.ec2.send(new CreateInternetGatewayCommand({}));
    const { InternetGatewayId } = InternetGateway ?? {};
    await net.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }));
    const { RouteTables } = await net.ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    const route = {
      RouteTableId: RouteTables?.[0]?.RouteTableId,
      DestinationCidrBlock: '0.0.0.0/0',
    };
    await net.ec2.send(new CreateRouteCommand({ ...route, GatewayId: InternetGatewayId }));
    await expect.poll(() => greeting(web.public), { timeout: 20_000 }).toBe('SSH-');
    await net.ec2.send(new DeleteRouteCommand(route));
    await expect.poll(() => greeting(web.public), { timeout: 20_000 }).toBe('');
  });
});

/** The first four letters that an SSH server says to the host; empty where none is reached. */
function greeting(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 22, timeout: 1_000 });
    const end = (said: string): void => {
      socket.destroy();
      resolve(said);
    };
    socket.on('timeout', () => end('')).on('error', () => end(''));
    socket.once('data', (bytes) => end(bytes.toString('latin1').slice(0, 4)));
  });
}
