import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { imageFilters } from '../domain/images/filters.ts';
import { imagesIn } from '../domain/images/images.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeImages = operation(model.DescribeImages, {
  async handle(input, { caller, tags }: Ec2Scope) {
    if (input.ImageIds?.length && input.MaxResults !== undefined) {
      throw errors.combination(
        'The parameter imageIds cannot be used with the parameter maxResults',
      );
    }
    const images = imagesIn(caller.region).map(({ image }) => image);
    const all = await tags.join(caller, images, (image) => image.ImageId);
    const owners = input.Owners?.map((owner) => (owner === 'self' ? caller.account : owner));
    const executable = input.ExecutableUsers;
    const { found, NextToken } = select(all, input, {
      id: (image) => image.ImageId,
      ids: { kind: kinds.image, given: input.ImageIds },
      only: ({ OwnerId = '', ImageOwnerAlias = '' }) =>
        (!owners?.length || owners.includes(OwnerId) || owners.includes(ImageOwnerAlias)) &&
        // All of the catalogue is public: nobody was given leave by name.
        (!executable?.length || executable.includes('all')),
      filters: imageFilters,
      page: { min: 1, max: 1000 },
    });
    return { Images: found, NextToken };
  },
});
