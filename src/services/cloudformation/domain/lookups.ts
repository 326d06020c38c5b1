import { AwsError } from '../../../kernel/aws-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import * as ec2 from '../../../models/generated/ec2.ts';
import * as ssm from '../../../models/generated/ssm.ts';
import { validation } from '../errors.ts';
import { type Lookups, NotKnownYet } from '../template/environment.ts';
import type { Value } from '../template/template.ts';
import type { StackResource } from './stack-resource.ts';
import type { Stacks } from './stacks.ts';

interface LookupParts {
  readonly platform: Platform;
  readonly stacks: Stacks;
  readonly caller: Caller;
  /** As it stands now; what has no physical resource is not known yet. */
  resource(logicalId: string): StackResource | undefined;
  context(resource: StackResource): ResourceContext;
}

/** What a stack's template can ask of the cloud around it, answered by public operations. */
export function lookups({ platform, stacks, caller, resource, context }: LookupParts): Lookups {
  const { invoke } = platform;
  return {
    async ref(logicalId) {
      const { now } = resource(logicalId) ?? {};
      if (!now) throw new NotKnownYet(logicalId);
      return now.id;
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
      const { AvailabilityZones = [] } = await invoke(
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
