import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const Tags = [{ Key: 'door', Value: 'front' }];

it('makes a path with an analysis, and takes them away', async () => {
  await using harness = await startResourceHarness();
  const gateway = await harness.create('AWS::EC2::InternetGateway', {});
  const asked = {
    ...{ Source: gateway.identifier, Protocol: 'tcp' },
    FilterAtSource: {
      DestinationAddress: '192.0.2.1',
      SourcePortRange: { FromPort: 1, ToPort: 2 },
    },
  };
  const path = await harness.create('AWS::EC2::NetworkInsightsPath', { ...asked, Tags });
  expect(await path.read()).toMatchObject({
    ...{ ...asked, Tags, NetworkInsightsPathId: path.identifier },
    SourceArn: expect.stringMatching(/:internet-gateway\/igw-/) as string,
    CreatedDate: expect.stringMatching(/Z$/) as string,
  });
  await path.update(asked);
  expect(await path.read()).not.toHaveProperty('Tags');
  const NetworkInsightsPathId = path.identifier;
  const desired = { NetworkInsightsPathId, Tags };
  const analysis = await harness.create('AWS::EC2::NetworkInsightsAnalysis', desired);
  expect(await analysis.read()).toMatchObject({
    ...{ ...desired, NetworkInsightsAnalysisId: analysis.identifier },
    ...{ Status: 'succeeded', NetworkPathFound: false },
  });
  expect(await harness.list('AWS::EC2::NetworkInsightsAnalysis')).toEqual([analysis.identifier]);
  expect(await harness.list('AWS::EC2::NetworkInsightsPath')).toEqual([path.identifier]);
  for (const resource of [analysis, path]) {
    await resource.delete();
    expect(await resource.read()).toBeUndefined();
  }
});
