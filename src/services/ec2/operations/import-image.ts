import type { ImportImageRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { readDisk } from '../domain/imports/disks.ts';
import { wireImageTask, type ImportedDisk } from '../domain/imports/import-task.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const LICENSES = ['AWS', 'BYOL'];
const MOST_DISKS = 26;

/** Makes an image of disks of one's own, the first of which boots; AWS reads them from S3. */
export const importImage = operation(model.ImportImage, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('ImportImage', kinds.importImageTask, undefined, caller),
  async handle(input, scope) {
    const { caller, compute, ids, importOrders, settings } = scope;
    scope.realize(compute.driver.realization);
    refuseMembers('ImportImage', input, ['KmsKeyId', 'LicenseSpecifications']);
    checkKind(input);
    const tags = tagsOfNew(caller, kinds.importImageTask, input.TagSpecifications);
    const { ebsEncryptionByDefault = false } = await settings.get(caller);
    const task = await importOrders.create(
      {
        ...{ account: caller.account, region: caller.region, id: ids.resource('import-ami') },
        ...(input.Description !== undefined && { description: input.Description }),
        state: 'active',
        encrypted: input.Encrypted ?? ebsEncryptionByDefault,
        disks: await disksOf(input, scope),
        image: {
          id: ids.resource('ami'),
          ...(input.LicenseType && { licenseType: input.LicenseType }),
          ...(input.UsageOperation && { usageOperation: input.UsageOperation }),
          ...(input.BootMode && { bootMode: input.BootMode }),
        },
      },
      input,
      tags,
    );
    return { ...wireImageTask(task), Tags: wireTags(tags) };
  },
});

/** Refuses systems that no driver boots. */
function checkKind(input: ImportImageRequest): void {
  const { Architecture = 'x86_64', Platform = 'Linux', Hypervisor = 'xen', LicenseType } = input;
  if (Architecture !== 'x86_64') {
    throw errors.unsupported(`Alacarte boots no imported systems of architecture ${Architecture}.`);
  }
  if (Platform.toLowerCase() !== 'linux') {
    throw errors.unsupported(`Alacarte boots no imported systems of platform ${Platform}.`);
  }
  if (Hypervisor !== 'xen') {
    throw errors.invalidValue(Hypervisor, 'hypervisor', 'Expected xen.');
  }
  if (input.BootMode !== undefined && input.BootMode !== 'legacy-bios') {
    throw errors.unsupported('Alacarte boots imported systems by a BIOS only.');
  }
  if (LicenseType !== undefined && !LICENSES.includes(LicenseType)) {
    throw errors.invalidValue(LicenseType, 'licenseType', 'Expected AWS or BYOL.');
  }
}

async function disksOf(input: ImportImageRequest, scope: Ec2Scope): Promise<ImportedDisk[]> {
  const { DiskContainers = [] } = input;
  if (DiskContainers.length === 0) throw errors.missingParameter('DiskContainer');
  if (DiskContainers.length > MOST_DISKS) {
    throw errors.invalidParameter(`At most ${MOST_DISKS} disk containers can be imported.`);
  }
  const disks = await Promise.all(
    DiskContainers.map(async (container, at) => {
      const disk = await readDisk(container, `DiskContainer.${at + 1}`, scope);
      const usual = at === 0 ? '/dev/sda1' : `/dev/sd${String.fromCodePoint(0x61 + at)}`;
      return { ...disk, device: container.DeviceName ?? usual };
    }),
  );
  if (new Set(disks.map(({ device }) => device)).size < disks.length) {
    throw errors.invalidParameter('Two disk containers have the same device name.');
  }
  return disks;
}
