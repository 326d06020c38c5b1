import type { Image } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { ALL_IMAGES, isAllowed, isHidden } from '../domain/images/allowed-images.ts';
import { isDeprecated } from '../domain/images/availability.ts';
import { imageFilters } from '../domain/images/filters.ts';
import { imagesIn } from '../domain/images/images.ts';
import { wireImage } from '../domain/images/own-image.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { isSharedWith } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeImages = operation(model.DescribeImages, {
  async handle(input, { caller, clock, settings, tags, images: own }: Ec2Scope) {
    if (input.ImageIds?.length && input.MaxResults !== undefined) {
      throw errors.combination(
        'The parameter imageIds cannot be used with the parameter maxResults',
      );
    }
    const usable = await own.usable(caller);
    const { account } = caller;
    const { allowedImages = ALL_IMAGES } = await settings.get(caller);
    const now = clock.now();
    const known = [...imagesIn(caller.region).map(({ image }) => image), ...usable.map(wireImage)];
    const images = known
      .filter((image) => !isHidden(image, account, allowedImages, now))
      .map((image) => ({
        ...image,
        ...(allowedImages.state !== 'disabled' && {
          ImageAllowed: isAllowed(image, account, allowedImages, now),
        }),
      }));
    const all = await tags.join(caller, images, (image) => image.ImageId);
    const owners = input.Owners?.map((owner) => (owner === 'self' ? account : owner));
    const executable = input.ExecutableUsers;
    const shared = new Map(usable.map((image) => [image.id, image]));
    const mayLaunch = (user: string, id: string, isPublic = false): boolean => {
      if (user === 'all') return isPublic;
      const image = shared.get(id);
      return image !== undefined && isSharedWith(image, user === 'self' ? account : user);
    };
    const isShown = (image: Image & { readonly ImageId: string }): boolean =>
      (input.IncludeDisabled === true || image.State !== 'disabled') &&
      (input.IncludeDeprecated === true ||
        (input.ImageIds?.length ?? 0) > 0 ||
        image.OwnerId === account ||
        // Those of the catalogue have no newer ones that take their place.
        !shared.has(image.ImageId) ||
        !isDeprecated(image, now));
    const { found, NextToken } = select(all, input, {
      id: (image) => image.ImageId,
      ids: { kind: kinds.image, given: input.ImageIds },
      only: ({ ImageId, Public, OwnerId = '', ImageOwnerAlias = '', ...image }) =>
        isShown({ ...image, ImageId, OwnerId }) &&
        (!owners?.length || owners.includes(OwnerId) || owners.includes(ImageOwnerAlias)) &&
        (!executable?.length || executable.some((user) => mayLaunch(user, ImageId, Public))),
      filters: imageFilters,
      page: { min: 1, max: 1000 },
    });
    return { Images: found, NextToken };
  },
});
