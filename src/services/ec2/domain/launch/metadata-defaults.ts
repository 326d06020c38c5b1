import type { ModifyInstanceMetadataDefaultsRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { MetadataSettings } from '../instances/instance.ts';
import { metadataSettings } from './settings.ts';

/** What a request sets, and what it takes away: there it says `undefined`. */
export type MetadataChange = {
  readonly [Name in keyof MetadataSettings]?: MetadataSettings[Name] | undefined;
};

const NO_PREFERENCE = 'no-preference';
const NO_HOP_LIMIT = -1;

/**
 * What a request makes of an account's defaults.
 *
 * @throws InvalidParameterValue, UnsupportedOperation
 */
export function readMetadataDefaults(input: ModifyInstanceMetadataDefaultsRequest): MetadataChange {
  if (input.HttpTokensEnforced === 'enabled') {
    throw errors.unsupported('Alacarte does not enforce version 2 of the metadata service yet.');
  }
  const preferred = <Value>(value: Value): Value | undefined =>
    value === NO_PREFERENCE || value === NO_HOP_LIMIT ? undefined : value;
  const checked = metadataSettings(
    {
      HttpTokens: preferred(input.HttpTokens),
      HttpEndpoint: preferred(input.HttpEndpoint),
      InstanceMetadataTags: preferred(input.InstanceMetadataTags),
      HttpPutResponseHopLimit: preferred(input.HttpPutResponseHopLimit),
    },
    { tokens: 'optional', endpoint: 'enabled', tags: 'disabled', hopLimit: 1 },
  );
  const asked: Readonly<Record<keyof MetadataSettings, unknown>> = {
    tokens: input.HttpTokens,
    endpoint: input.HttpEndpoint,
    tags: input.InstanceMetadataTags,
    hopLimit: input.HttpPutResponseHopLimit,
  };
  const given = Object.entries(checked).filter(
    ([name]) => asked[name as keyof MetadataSettings] !== undefined,
  );
  return Object.fromEntries(
    given.map(([name, value]) => {
      const isSet = preferred(asked[name as keyof MetadataSettings]) !== undefined;
      return [name, isSet ? value : undefined];
    }),
  );
}

export function withChange(
  before: Partial<MetadataSettings>,
  change: MetadataChange,
): Partial<MetadataSettings> {
  const after = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(after);
}
