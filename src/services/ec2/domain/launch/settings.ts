import type { InstanceTypeInfo, RunInstancesRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { AccountSettings, DefaultCredits } from '../account-settings.ts';
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
  { metadataDefaults, defaultCredits: credits }: AccountSettings,
): InstanceSettings {
  const credit = creditSpecification(input, type, credits);
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
  ofAccount: DefaultCredits | undefined,
): InstanceSettings['creditSpecification'] {
  const asked = input.CreditSpecification?.CpuCredits;
  if (!type.BurstablePerformanceSupported) {
    if (asked === undefined) return undefined;
    throw errors.combination(
      `The parameter CreditSpecification is not supported for the instance type '${type.InstanceType}'.`,
    );
  }
  return oneOf(['standard', 'unlimited'], asked ?? defaultCredits(type, ofAccount), 'CpuCredits');
}

/** What a burstable type starts with: as the account says, else as AWS has it. */
export function defaultCredits(
  { InstanceType }: Pick<InstanceTypeInfo, 'InstanceType'>,
  ofAccount: DefaultCredits = {},
): 'standard' | 'unlimited' {
  return creditsOf(InstanceType?.split('.')[0] ?? '', ofAccount);
}

/** What the types of a burstable family start with. */
export function creditsOf(
  family: string,
  ofAccount: DefaultCredits = {},
): 'standard' | 'unlimited' {
  return ofAccount[family] ?? (family === 't2' ? 'standard' : 'unlimited');
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
