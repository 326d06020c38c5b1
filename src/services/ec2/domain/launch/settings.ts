import type { InstanceTypeInfo, RunInstancesRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { AccountSettings } from '../account-settings.ts';
import type { RegionalImage } from '../images/images.ts';
import type { InstanceSettings, MetadataSettings } from '../instances/instance.ts';

/**
 * @param settings what goes for all of the account's launches in the region
 * @throws InvalidParameterValue, InvalidParameterCombination
 */
export function planSettings(
  input: RunInstancesRequest,
  { entry }: RegionalImage,
  type: InstanceTypeInfo,
  { metadataDefaults }: AccountSettings,
): InstanceSettings {
  const credit = creditSpecification(input, type);
  const names = input.PrivateDnsNameOptions;
  return {
    shutdownBehavior: oneOf(
      ['stop', 'terminate'],
      input.InstanceInitiatedShutdownBehavior ?? 'stop',
      'InstanceInitiatedShutdownBehavior',
    ),
    disableApiTermination: input.DisableApiTermination ?? false,
    disableApiStop: input.DisableApiStop ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    monitoring: input.Monitoring?.Enabled ?? false,
    ...(credit && { creditSpecification: credit }),
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
    // The request, then the account, then the image.
    metadata: metadataSettings(input.MetadataOptions ?? {}, {
      ...defaultMetadata(entry.requiresImdsV2 ?? false),
      ...metadataDefaults,
    }),
    dnsNameOptions: {
      hostnameType: oneOf(
        ['ip-name', 'resource-name'],
        names?.HostnameType ?? 'ip-name',
        'HostnameType',
      ),
      aRecord: names?.EnableResourceNameDnsARecord ?? false,
      aaaaRecord: names?.EnableResourceNameDnsAAAARecord ?? false,
    },
    autoRecovery: oneOf(
      ['default', 'disabled'],
      input.MaintenanceOptions?.AutoRecovery ?? 'default',
      'AutoRecovery',
    ),
  };
}

/** What an instance starts with, by whether its image asks for version 2. */
export function defaultMetadata(requiresImdsV2: boolean): MetadataSettings {
  return {
    endpoint: 'enabled',
    tokens: requiresImdsV2 ? 'required' : 'optional',
    hopLimit: requiresImdsV2 ? 2 : 1,
    tags: 'disabled',
  };
}

interface MetadataRequest {
  readonly HttpEndpoint?: string | undefined;
  readonly HttpTokens?: string | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly InstanceMetadataTags?: string | undefined;
}

/**
 * Metadata options as they are after a request.
 *
 * @throws InvalidParameterValue
 */
export function metadataSettings(
  asked: MetadataRequest,
  before: MetadataSettings,
): MetadataSettings {
  const hopLimit = asked.HttpPutResponseHopLimit ?? before.hopLimit;
  if (!Number.isInteger(hopLimit) || hopLimit < 1 || hopLimit > 64) {
    throw errors.invalidValue(
      hopLimit,
      'HttpPutResponseHopLimit',
      'Expecting a value between 1 and 64.',
    );
  }
  const onOff = ['enabled', 'disabled'] as const;
  return {
    endpoint: oneOf(onOff, asked.HttpEndpoint ?? before.endpoint, 'HttpEndpoint'),
    tokens: oneOf(['required', 'optional'], asked.HttpTokens ?? before.tokens, 'HttpTokens'),
    hopLimit,
    tags: oneOf(onOff, asked.InstanceMetadataTags ?? before.tags, 'InstanceMetadataTags'),
  };
}

function creditSpecification(
  input: RunInstancesRequest,
  type: InstanceTypeInfo,
): InstanceSettings['creditSpecification'] {
  const asked = input.CreditSpecification?.CpuCredits;
  if (!type.BurstablePerformanceSupported) {
    if (asked === undefined) return undefined;
    throw errors.combination(
      `The parameter CreditSpecification is not supported for the instance type '${type.InstanceType}'.`,
    );
  }
  return oneOf(['standard', 'unlimited'], asked ?? defaultCredits(type), 'CpuCredits');
}

/** What a burstable type starts with. */
export function defaultCredits({ InstanceType }: InstanceTypeInfo): 'standard' | 'unlimited' {
  return InstanceType?.startsWith('t2.') ? 'standard' : 'unlimited';
}

/** @throws InvalidParameterValue */
export function oneOf<const Option extends string>(
  options: readonly Option[],
  value: string,
  parameter: string,
): Option {
  const found = options.find((option) => option === value);
  if (found === undefined) {
    throw errors.invalidParameter(`Invalid value '${value}' for ${parameter}.`);
  }
  return found;
}
