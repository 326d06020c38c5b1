import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { volumeRef } from '../domain/volumes/named.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeVolumeAttribute = operation(model.DescribeVolumeAttribute, {
  recorded: true,
  async handle({ Attribute, VolumeId }, scope: Ec2Scope) {
    const ref = volumeRef(VolumeId, scope);
    const volume = await scope.volumes.get(ref);
    if (!volume) throw kinds.volume.notFound([ref.id]);
    switch (Attribute) {
      case undefined:
        throw errors.missingParameter('attribute');
      case 'autoEnableIO':
        return { VolumeId, AutoEnableIO: { Value: volume.autoEnableIo ?? false } };
      case 'productCodes':
        return { VolumeId, ProductCodes: [] };
      default:
        throw errors.invalidValue(Attribute, 'attribute', 'Unknown volume attribute.');
    }
  },
});
