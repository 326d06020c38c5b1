import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { readMetadataDefaults, withChange } from '../domain/launch/metadata-defaults.ts';
import type { Ec2Scope } from '../scope.ts';

/** Of what a request leaves out the account's own default stays; `no-preference` takes it away. */
export const modifyInstanceMetadataDefaults = operation(model.ModifyInstanceMetadataDefaults, {
  async handle(input, { caller, settings }: Ec2Scope) {
    const change = readMetadataDefaults(input);
    await settings.change(caller, (now) => ({
      ...now,
      metadataDefaults: withChange(now.metadataDefaults ?? {}, change),
    }));
    return { Return: true };
  },
});
