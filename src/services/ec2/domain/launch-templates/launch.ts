import type {
  LaunchTemplateSpecification,
  RequestLaunchTemplateData,
  RunInstancesRequest,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { refuseMembers } from '../not-built.ts';
import { kinds } from '../resource-kinds.ts';
import { namedTemplate, versionNumber } from './named.ts';

/** A launch with its template resolved. */
export interface TemplatedLaunch {
  readonly request: RunInstancesRequest;
  /** The tags that tell an instance where it came from. */
  readonly marks: Readonly<Record<string, string>>;
}

/**
 * What a launch asks for, its template's parameters included: those of the request win.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html
 *
 * @throws what names no template or version of it
 */
export async function withTemplate(
  input: RunInstancesRequest,
  scope: Ec2Scope,
): Promise<TemplatedLaunch> {
  if (!input.LaunchTemplate) return { request: input, marks: {} };
  const { LaunchTemplate, ...request } = input;
  const { data, id, number } = await templateData(LaunchTemplate, scope);
  return {
    request: merged(data, request),
    marks: {
      'aws:ec2launchtemplate:id': id,
      'aws:ec2launchtemplate:version': String(number),
    },
  };
}

/** The parameters of the version that is meant: the default one where none is named. */
export async function templateData(named: LaunchTemplateSpecification, scope: Ec2Scope) {
  const template = await namedTemplate(named, scope);
  const number = versionNumber(template, named.Version ?? '$Default');
  const { data } = await scope.launchTemplates.version(scope.caller, template.id, number);
  return { id: template.id, number, data };
}

/** Whole parameters are replaced, but for tags and disks: these are replaced one by one. */
function merged(
  data: RequestLaunchTemplateData,
  request: RunInstancesRequest,
): RunInstancesRequest {
  refuseMembers('a launch from a template', data, ['InstanceRequirements']);
  const {
    InstanceRequirements: _,
    ElasticGpuSpecifications,
    RamDiskId,
    TagSpecifications,
    ...given
  } = data;
  const template = {
    ...given,
    ElasticGpuSpecification: ElasticGpuSpecifications,
    RamdiskId: RamDiskId,
  } as Partial<RunInstancesRequest>;
  // A template's tags for a Spot request are for launches that make one.
  const made = (TagSpecifications ?? []).filter(
    ({ ResourceType }) =>
      ResourceType !== kinds.spotInstancesRequest.type ||
      (request.InstanceMarketOptions ?? data.InstanceMarketOptions),
  );
  const asked = Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as unknown as RunInstancesRequest;
  return {
    ...template,
    ...asked,
    BlockDeviceMappings: byDevice(template.BlockDeviceMappings, request.BlockDeviceMappings),
    TagSpecifications: mergedTags(made, request.TagSpecifications),
  };
}

function byDevice(
  template: RunInstancesRequest['BlockDeviceMappings'] = [],
  asked: RunInstancesRequest['BlockDeviceMappings'] = [],
) {
  const replaced = new Set(asked.map(({ DeviceName }) => DeviceName));
  return [...template.filter(({ DeviceName }) => !replaced.has(DeviceName)), ...asked];
}

function mergedTags(
  template: readonly TagSpecification[] = [],
  asked: readonly TagSpecification[] = [],
): TagSpecification[] {
  const kept = template.map(({ ResourceType, Tags = [] }) => {
    const own = asked.filter((each) => each.ResourceType === ResourceType);
    const keys = new Set(own.flatMap(({ Tags: tags = [] }) => tags.map(({ Key }) => Key)));
    return { ResourceType, Tags: Tags.filter(({ Key }) => !keys.has(Key)) };
  });
  return [...kept, ...asked];
}
