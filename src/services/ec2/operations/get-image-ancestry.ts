import type { ImageAncestryEntry } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** From an image to the one at the root of all, as far as the caller may know them. */
export const getImageAncestry = operation(model.GetImageAncestry, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('GetImageAncestry', kinds.image, ImageId, caller),
  async handle({ ImageId = '' }, scope) {
    checkIds(kinds.image, [ImageId]);
    const ImageAncestryEntries = await lineage(ImageId, scope.caller.region, scope);
    if (ImageAncestryEntries.length === 0) throw kinds.image.notFound([ImageId]);
    return { ImageAncestryEntries };
  },
});

/** An image and all before it, in whichever regions they are. */
async function lineage(
  ImageId: string,
  region: string,
  scope: Ec2Scope,
): Promise<ImageAncestryEntry[]> {
  const found = await scope.images.find({ account: scope.caller.account, region }, ImageId);
  if (!found) return [];
  const { SourceImageId, SourceImageRegion, ImageOwnerAlias, CreationDate } = found.image;
  const entry = {
    CreationDate: new Date(CreationDate ?? 0),
    ImageId,
    ...(ImageOwnerAlias !== undefined && { ImageOwnerAlias }),
    ...(SourceImageId !== undefined && { SourceImageId }),
    ...(SourceImageRegion !== undefined && { SourceImageRegion }),
  };
  if (SourceImageId === undefined) return [entry];
  return [entry, ...(await lineage(SourceImageId, SourceImageRegion ?? region, scope))];
}
