import type { ImageRecycleBinInfo } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody can make retention rules, so nothing that is deleted is kept. */
export const listImagesInRecycleBin = operation(model.ListImagesInRecycleBin, {
  async handle(input, _scope: Ec2Scope) {
    const images: ImageRecycleBinInfo[] = [];
    const { found, NextToken } = select(images, input, {
      id: (each) => each.ImageId,
      ids: { kind: kinds.image, given: input.ImageIds },
      filters: {},
    });
    return { Images: found, NextToken };
  },
});
