import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { withSettings } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { wireInstance } from '../domain/instances/wire.ts';
import { metadataSettings } from '../domain/launch/settings.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** The guest's next request to its metadata service goes by the new options. */
export const modifyInstanceMetadataOptions = operation(model.ModifyInstanceMetadataOptions, {
  authorize: (input, { caller }: Ec2Scope) =>
    onInstances('ModifyInstanceMetadataOptions', [input.InstanceId], caller),
  async handle(input, scope) {
    scope.realize(scope.compute.driver.realization);
    const { id } = await namedInstance(input.InstanceId, scope);
    if (input.HttpProtocolIpv6 === 'enabled') {
      throw errors.unsupported('Alacarte does not serve instance metadata over IPv6 yet.');
    }
    const ref = { ...scope.caller, id };
    const after = await scope.instances.update(ref, (instance) =>
      withSettings(instance, { metadata: metadataSettings(input, instance.settings.metadata) }),
    );
    if (!after) throw kinds.instance.notFound([id]);
    return { InstanceId: id, InstanceMetadataOptions: wireInstance(after).MetadataOptions };
  },
});
