import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { shownProtection, wireDisk } from '../domain/images/own-image.ts';
import { wireSharing } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeImageAttribute = operation(model.DescribeImageAttribute, {
  recorded: true,
  async handle({ ImageId, Attribute }, { caller, images }: Ec2Scope) {
    if (!ImageId) throw errors.missingParameter('imageId');
    const { account, region } = caller;
    const image = await images.mine({ account, region, id: ImageId });
    switch (Attribute) {
      case undefined:
        throw errors.missingParameter('attribute');
      case 'description':
        return { ImageId, Description: { Value: image.description ?? '' } };
      case 'launchPermission':
        return { ImageId, LaunchPermissions: wireSharing(image) };
      case 'blockDeviceMapping':
        return { ImageId, BlockDeviceMappings: image.disks.map(wireDisk) };
      case 'productCodes':
        return { ImageId, ProductCodes: [] };
      case 'deregistrationProtection':
        return { ImageId, DeregistrationProtection: { Value: shownProtection(image) } };
      case 'imdsSupport':
        return { ImageId, ...(image.requiresImdsV2 && { ImdsSupport: { Value: 'v2.0' } }) };
      default:
        throw errors.unsupported(`Images of Alacarte have no attribute ${Attribute}.`);
    }
  },
});
