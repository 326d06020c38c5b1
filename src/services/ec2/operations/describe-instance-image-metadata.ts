import type {
  Image,
  ImageMetadata,
  InstanceImageMetadata,
  _InstanceType,
} from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { ALL_IMAGES, isAllowed } from '../domain/images/allowed-images.ts';
import { imagesIn } from '../domain/images/images.ts';
import { wireImage } from '../domain/images/own-image.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { wireState } from '../domain/instances/states.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<InstanceImageMetadata> = {
  'availability-zone': (each) => each.AvailabilityZone,
  'instance-id': (each) => each.InstanceId,
  'image-allowed': (each) => each.ImageMetadata?.ImageAllowed,
  'instance-state-name': (each) => each.State?.Name,
  'instance-type': (each) => each.InstanceType,
  'launch-time': (each) => each.LaunchTime,
  'owner-alias': (each) => each.ImageMetadata?.ImageOwnerAlias,
  'owner-id': (each) => each.ImageMetadata?.OwnerId,
  'zone-id': (each) => each.ZoneId,
};

/** Of an image that was deregistered or is not shared any more, its ID is all that is left here. */
export const describeInstanceImageMetadata = operation(model.DescribeInstanceImageMetadata, {
  async handle(input, { caller, clock, images, instances, settings, tags }: Ec2Scope) {
    const { allowedImages = ALL_IMAGES } = await settings.get(caller);
    const usable = (await images.usable(caller)).map(wireImage);
    const known = new Map(
      [...imagesIn(caller.region).map(({ image }) => image), ...usable].map((image) => [
        image.ImageId,
        image,
      ]),
    );
    const now = clock.now();
    const all = (await instances.list(caller, input.InstanceIds)).map((instance) => {
      const image = known.get(instance.imageId);
      const { id: InstanceId } = instance;
      if (!image) {
        const ImageMetadata = { ImageId: instance.imageId, State: 'deregistered' as const };
        return { InstanceId, ...ofInstance(instance), ImageMetadata };
      }
      const isInUse = allowedImages.state !== 'disabled';
      const ImageMetadata = {
        ...ofImage(image),
        ...(isInUse && { ImageAllowed: isAllowed(image, caller.account, allowedImages, now) }),
      };
      return { InstanceId, ...ofInstance(instance), ImageMetadata };
    });
    const { found, NextToken } = select(
      await tags.join(caller, all, ({ InstanceId }) => InstanceId),
      input,
      {
        id: ({ InstanceId }) => InstanceId,
        ids: { kind: kinds.instance, given: input.InstanceIds },
        filters,
      },
    );
    return { InstanceImageMetadata: found, NextToken };
  },
});

function ofInstance(instance: Instance): InstanceImageMetadata {
  const { account: OwnerId, network, launchedAtMs } = instance;
  return {
    OwnerId,
    InstanceType: instance.instanceType as _InstanceType,
    LaunchTime: new Date(launchedAtMs),
    AvailabilityZone: network.zone,
    ZoneId: network.zoneId,
    State: wireState(instance.state),
    Operator: { Managed: false },
  };
}

function ofImage(image: Image): ImageMetadata {
  const { ImageId, Name, OwnerId, State, ImageOwnerAlias, CreationDate, DeprecationTime } = image;
  return {
    ImageId,
    Name,
    OwnerId,
    State,
    ...(ImageOwnerAlias !== undefined && { ImageOwnerAlias }),
    CreationDate,
    ...(DeprecationTime !== undefined && { DeprecationTime }),
    IsPublic: image.Public ?? false,
  };
}
