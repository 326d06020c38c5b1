import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { dataOfInstance } from '../domain/launch-templates/of-instance.ts';
import type { Ec2Scope } from '../scope.ts';

/** What a template must say to make another instance like this one. */
export const getLaunchTemplateData = operation(model.GetLaunchTemplateData, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('GetLaunchTemplateData', [input.InstanceId], caller),
  async handle(input, scope) {
    const { caller, networks, volumes, tags } = scope;
    const instance = await namedInstance(input.InstanceId, scope);
    const attached = await Promise.all(
      (instance.attached ?? []).map(async ({ volumeId, device, deleteOnTermination }) => {
        const volume = await volumes.get({ ...caller, id: volumeId });
        return volume && { device, deleteOnTermination, volume };
      }),
    );
    const interfaces = await networks.list('network-interface', caller);
    const LaunchTemplateData = dataOfInstance(instance, {
      attached: attached.filter((each) => each !== undefined),
      interfaces: interfaces.filter(({ attachment }) => attachment?.instanceId === instance.id),
      tags: await tags.get(caller, instance.id),
    });
    return { LaunchTemplateData };
  },
});
