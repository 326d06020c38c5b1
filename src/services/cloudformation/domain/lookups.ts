import { AwsError } from '../../../kernel/aws-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import * as ec2 from '../../../models/generated/ec2.ts';
import * as ssm from '../../../models/generated/ssm.ts';
import type { OperationRef } from '../../../models/ref.ts';
import { refOf } from '../../../models/resource-schema.ts';
import { notBuilt, validation } from '../errors.ts';
import { type Lookups, NotKnownYet } from '../template/environment.ts';
import type { ParameterLookups } from '../template/parameters.ts';
import type { Value } from '../template/template.ts';
import type { StackResource } from './stack-resource.ts';
import type { Stacks } from './stacks.ts';

interface LookupParts {
  readonly platform: Platform;
  readonly stacks: Stacks;
  readonly caller: Caller;
  /** As it stands now; what has no physical resource is not known yet. */
  readonly resource: (logicalId: string) => StackResource | undefined;
  readonly context: (resource: StackResource) => ResourceContext;
}

/** What a stack's template can ask of the cloud around it, answered by public operations. */
export function lookups({ platform, stacks, caller, resource, context }: LookupParts): Lookups {
  return {
    async ref(logicalId) {
      const standing = resource(logicalId);
      if (!standing?.now) throw new NotKnownYet(logicalId);
      return refOf(standing.type, standing.now.id);
    },
    async getAtt(logicalId, attribute) {
      const standing = resource(logicalId);
      if (!standing?.now) throw new NotKnownYet(logicalId, attribute);
      const type = platform.resourceType(standing.type);
      const read = (await type?.read(standing.now.id, context(standing))) as ValueTree | undefined;
      const value = attributeOf(read, attribute);
      if (value === undefined) {
        throw validation(
          `Attribute '${attribute}' does not exist for resource ${logicalId} of type ${standing.type}`,
        );
      }
      return value;
    },
    async importValue(name) {
      const all = await stacks.list(caller);
      const outputs = all.filter(({ deletedAtMs }) => deletedAtMs === undefined);
      return outputs.flatMap((each) => each.outputs).find(({ exportName }) => exportName === name)
        ?.value;
    },
    async availabilityZones(region) {
      const { AvailabilityZones = [] } = await platform.invoke(
        { ...caller, region },
        ec2.DescribeAvailabilityZones,
        {},
      );
      return AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).toSorted();
    },
    ssmParameter: (name, { version, secure }) =>
      ssmParameter(platform, caller, version === undefined ? name : `${name}:${version}`, secure),
  };
}

/** The value of an SSM parameter, or undefined where there is none. */
export async function ssmParameter(
  platform: Platform,
  caller: Caller,
  Name: string,
  WithDecryption: boolean,
): Promise<string | undefined> {
  try {
    const { Parameter } = await platform.invoke(caller, ssm.GetParameter, { Name, WithDecryption });
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof AwsError && /^ParameterNotFound|VersionNotFound/.test(error.code)) {
      return undefined;
    }
    throw error;
  }
}

type ValueTree = { readonly [name: string]: Value | undefined };

/** `Endpoint.Address` is the member Address of Endpoint, or an attribute of that whole name. */
function attributeOf(read: ValueTree | undefined, attribute: string): Value | undefined {
  if (read === undefined || Object.hasOwn(read, attribute)) return read?.[attribute];
  const [first, ...rest] = attribute.split('.');
  const inner = Object.hasOwn(read, first!) ? read[first!] : undefined;
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return undefined;
  return attributeOf(inner as ValueTree, rest.join('.'));
}

/** What a parameter's type asks of the account. */
export function parameterLookups(platform: Platform, caller: Caller): ParameterLookups {
  return {
    ssmParameter: (name) => ssmParameter(platform, caller, name, false),
    async exists(type, value) {
      const look = existence[type];
      if (!look) throw notBuilt(`parameters of the type ${type}`);
      try {
        await look((operation, input) => platform.invoke(caller, operation, input), value);
        return true;
      } catch (error) {
        if (error instanceof AwsError && error.fault === 'client') return false;
        throw error;
      }
    },
  };
}

type Invoke = <Input, Output>(
  operation: OperationRef<Input, Output>,
  input: Input,
) => Promise<Output>;

/** By parameter type: an operation that refuses where there is no such thing. */
const existence: Readonly<Record<string, (invoke: Invoke, id: string) => Promise<unknown>>> = {
  'AWS::EC2::AvailabilityZone::Name': (invoke, id) =>
    invoke(ec2.DescribeAvailabilityZones, { ZoneNames: [id] }),
  'AWS::EC2::Image::Id': (invoke, id) => invoke(ec2.DescribeImages, { ImageIds: [id] }),
  'AWS::EC2::Instance::Id': (invoke, id) => invoke(ec2.DescribeInstances, { InstanceIds: [id] }),
  'AWS::EC2::KeyPair::KeyName': (invoke, id) => invoke(ec2.DescribeKeyPairs, { KeyNames: [id] }),
  'AWS::EC2::SecurityGroup::GroupName': (invoke, id) =>
    invoke(ec2.DescribeSecurityGroups, { GroupNames: [id] }),
  'AWS::EC2::SecurityGroup::Id': (invoke, id) =>
    invoke(ec2.DescribeSecurityGroups, { GroupIds: [id] }),
  'AWS::EC2::Subnet::Id': (invoke, id) => invoke(ec2.DescribeSubnets, { SubnetIds: [id] }),
  'AWS::EC2::VPC::Id': (invoke, id) => invoke(ec2.DescribeVpcs, { VpcIds: [id] }),
  'AWS::EC2::Volume::Id': (invoke, id) => invoke(ec2.DescribeVolumes, { VolumeIds: [id] }),
  'AWS::SSM::Parameter::Name': (invoke, id) => invoke(ssm.GetParameter, { Name: id }),
};
