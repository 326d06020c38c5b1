import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { imageReferences } from '../domain/images/references.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const MAX_IMAGES = 10;

/** Images that are not there any more may still be referred to. */
export const describeImageReferences = operation(model.DescribeImageReferences, {
  async handle(input, scope: Ec2Scope) {
    const { ImageIds = [], ResourceTypes = [], IncludeAllResourceTypes = false } = input;
    if (ImageIds.length === 0) throw errors.missingParameter('ImageId');
    if (ImageIds.length > MAX_IMAGES) {
      throw errors.invalidParameter(`At most ${MAX_IMAGES} images can be named.`);
    }
    checkIds(kinds.image, ImageIds);
    const all = await imageReferences(ResourceTypes, IncludeAllResourceTypes, scope);
    const { MaxResults, NextToken: token } = input;
    const { found, NextToken } = select(
      all.filter(({ ImageId }) => ImageIds.includes(ImageId)),
      { MaxResults, NextToken: token },
      {
        id: ({ Arn }) => Arn,
        order: ({ Arn, ImageId }) => `${ImageId}/${Arn}`,
        filters: {},
        page: { min: 1, max: 1000 },
      },
    );
    return { ImageReferences: found, NextToken };
  },
});
