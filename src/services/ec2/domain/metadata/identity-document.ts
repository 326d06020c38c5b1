import type { Instance } from '../instances/instance.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html */
export function identityDocument(instance: Instance): string {
  const { network } = instance;
  const document = {
    accountId: instance.account,
    architecture: instance.architecture,
    availabilityZone: network.zone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: instance.imageId,
    instanceId: instance.id,
    instanceType: instance.instanceType,
    kernelId: null,
    pendingTime: `${new Date(instance.launchedAtMs).toISOString().slice(0, 19)}Z`,
    privateIp: network.privateAddress,
    ramdiskId: null,
    region: instance.region,
    version: '2017-09-30',
  };
  return JSON.stringify(document, null, 2);
}
