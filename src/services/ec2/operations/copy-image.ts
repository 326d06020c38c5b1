import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { idOf } from '../domain/token-id.ts';
import { checkName } from '../domain/images/names.ts';
import type { OwnImage } from '../domain/images/own-image.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { copyOf } from '../domain/snapshots/copy.ts';
import { checkTaggedTypes, tagsFor } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { imageUnavailable } from '../snapshot-errors.ts';

/** Copies an image that somebody has made into the region that is called, out of any. */
export const copyImage = operation(model.CopyImage, {
  authorize: (_, { caller }: Ec2Scope) => onResource('CopyImage', kinds.image, undefined, caller),
  async handle(input, scope) {
    const { caller, clock, compute, images, imageOrders } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('CopyImage', input, ['KmsKeyId', 'DestinationOutpostArn']);
    const { SourceImageId, SourceRegion, Encrypted = false, Description } = input;
    if (!SourceRegion) throw errors.missingParameter('sourceRegion');
    if (!SourceImageId) throw errors.missingParameter('sourceImageId');
    const name = checkName(input.Name);
    checkIds(kinds.image, [SourceImageId]);
    checkTaggedTypes(input.TagSpecifications, [kinds.image, kinds.snapshot]);
    const there = { account: caller.account, region: SourceRegion };
    const source = (await images.usable(there)).find(({ id }) => id === SourceImageId);
    if (!source) {
      if (!(await images.find(there, SourceImageId))) throw kinds.image.notFound([SourceImageId]);
      throw errors.unsupported(
        'Alacarte does not copy images of the catalogue: every region has them.',
      );
    }
    if (source.state !== 'available') throw imageUnavailable(SourceImageId);
    const { account, region } = caller;
    const { ClientToken, DryRun: _, ...request } = input;
    const asked = ClientToken ? fingerprint(request) : undefined;
    const id = idOf('ami', ClientToken, scope);
    const before = ClientToken ? await images.get({ account, region, id }) : undefined;
    if (before && before.request !== asked) throw errors.idempotentMismatch();
    if (before) return { ImageId: id };
    const description = `Copied for DestinationAmi ${id} from SourceAmi ${SourceImageId}.`;
    const copies = await Promise.all(
      source.disks.map(async (disk) => {
        if (disk.snapshotId === undefined) return { disk };
        const options = { description, encrypted: Encrypted };
        const snapshot = await copyOf(disk.snapshotId, SourceRegion, scope, options);
        const { encrypted } = snapshot;
        return { disk: { ...disk, snapshotId: snapshot.id, encrypted }, snapshot };
      }),
    );
    const { sharing: __, description: ___, request: ____, ...standing } = source;
    const { deprecatedAtMs: _at, protection: _why, ...kept } = standing;
    const image: OwnImage = {
      ...kept,
      ...{ account, region, id, name },
      ...(Description !== undefined && { description: Description }),
      createdAtMs: clock.now(),
      state: 'pending',
      ...(asked !== undefined && { request: asked }),
      disks: copies.map(({ disk }) => disk),
      source: { imageId: SourceImageId, region: SourceRegion },
    };
    const own = input.CopyImageTags ? await scope.tags.get(there, SourceImageId) : {};
    const tags = { ...own, ...tagsFor(caller, kinds.image, input.TagSpecifications) };
    const snapshotTags = tagsFor(caller, kinds.snapshot, input.TagSpecifications);
    const made = copies.flatMap(({ snapshot }) => snapshot ?? []);
    await imageOrders.create(
      image,
      tags,
      made.map((snapshot) => ({ snapshot, tags: snapshotTags })),
    );
    return { ImageId: id };
  },
});
