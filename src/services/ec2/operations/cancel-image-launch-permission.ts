import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { changed, isSharedWith } from '../domain/sharing.ts';
import type { Ec2Scope } from '../scope.ts';
import { imageNotShared } from '../snapshot-errors.ts';

/** Gives back the leave that another account gave to this one. */
export const cancelImageLaunchPermission = operation(model.CancelImageLaunchPermission, {
  recorded: true,
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('CancelImageLaunchPermission', kinds.image, ImageId, caller),
  async handle({ ImageId = '' }, { caller, images }) {
    checkIds(kinds.image, [ImageId]);
    const shared = (await images.usable(caller)).find(({ id }) => id === ImageId);
    if (!shared && !(await images.find(caller, ImageId))) throw kinds.image.notFound([ImageId]);
    if (!shared || !isSharedWith(shared, caller.account)) throw imageNotShared(ImageId);
    const given = { Remove: [{ UserId: caller.account }] };
    await images.change(shared, (image) => ({ ...image, sharing: changed(image.sharing, given) }));
    return { Return: true };
  },
});
