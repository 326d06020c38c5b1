import type { ModifyInstanceAttributeRequest, SecurityGroup } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { oneOf } from '../launch/settings.ts';
import { checkUserData } from '../launch/user-data.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { withType, type NewType } from './change-type.ts';
import type { Instance } from './instance.ts';

type Request = ModifyInstanceAttributeRequest;

/** What a request is checked against. */
export interface Surroundings {
  readonly groups: readonly SecurityGroup[];
  /** The type that it asks for. */
  readonly newType?: NewType | undefined;
}

interface Change {
  readonly given: (request: Request) => boolean;
  readonly apply: (instance: Instance, request: Request, around: Surroundings) => Instance;
}

/** What may be changed, each by a member of its own. */
const CHANGES: readonly Change[] = [
  flag('DisableApiTermination', (value) => ({ disableApiTermination: value })),
  flag('DisableApiStop', (value) => ({ disableApiStop: value })),
  {
    given: ({ EbsOptimized }) => EbsOptimized?.Value !== undefined,
    apply: (instance, { EbsOptimized }) => {
      checkStopped(instance);
      return withSettings(instance, { ebsOptimized: EbsOptimized!.Value! });
    },
  },
  {
    given: ({ InstanceType }) => InstanceType?.Value !== undefined,
    apply: (instance, _, around) => {
      checkStopped(instance);
      return withType(instance, around.newType!);
    },
  },
  {
    given: ({ SourceDestCheck }) => SourceDestCheck?.Value !== undefined,
    apply: (instance, { SourceDestCheck }) => ({
      ...instance,
      network: { ...instance.network, sourceDestCheck: SourceDestCheck!.Value! },
    }),
  },
  {
    given: (request) => request.InstanceInitiatedShutdownBehavior?.Value !== undefined,
    apply: (instance, request) =>
      withSettings(instance, {
        shutdownBehavior: oneOf(
          ['stop', 'terminate'],
          request.InstanceInitiatedShutdownBehavior!.Value!,
          'instanceInitiatedShutdownBehavior',
        ),
      }),
  },
  {
    given: ({ UserData }) => UserData?.Value !== undefined,
    apply: (instance, { UserData }) => {
      checkStopped(instance);
      const { userData: _, ...kept } = instance;
      const userData = checkUserData(Buffer.from(UserData!.Value!).toString('base64'));
      return { ...kept, ...(userData && { userData }) };
    },
  },
  {
    given: ({ Groups }) => (Groups?.length ?? 0) > 0,
    apply: (instance, { Groups }, { groups }) => ({
      ...instance,
      network: { ...instance.network, groups: groupsOf(instance, Groups!, groups) },
    }),
  },
];

const NOT_BUILT = [
  'EnaSupport',
  'Kernel',
  'Ramdisk',
  'SriovNetSupport',
] as const satisfies readonly (keyof Request)[];

/** @throws InvalidParameterCombination, IncorrectInstanceState, UnsupportedOperation, … */
export function changedInstance(
  instance: Instance,
  request: Request,
  around: Surroundings,
): Instance {
  const unbuilt = NOT_BUILT.find((name) => request[name] !== undefined);
  if (unbuilt) throw errors.unsupported(`Alacarte does not change ${unbuilt} of an instance yet.`);
  const given = CHANGES.filter((change) => change.given(request));
  if (given.length === 0) throw errors.missingParameter('attribute');
  if (given.length > 1) {
    throw errors.combination('Fields for multiple attribute types specified');
  }
  if (instance.state === 'terminated') {
    throw errors.incorrectState(`The instance '${instance.id}' is terminated.`);
  }
  return given[0]!.apply(instance, request, around);
}

/** The form with `Attribute` and `Value` as the form with a member for each attribute. */
export function byMember(input: Request): Request {
  const { Attribute, Value, ...request } = input;
  if (!Attribute || Value === undefined) return request;
  const boolean = { Value: Value.toLowerCase() === 'true' };
  switch (Attribute) {
    case 'disableApiTermination':
      return { ...request, DisableApiTermination: boolean };
    case 'disableApiStop':
      return { ...request, DisableApiStop: boolean };
    case 'ebsOptimized':
      return { ...request, EbsOptimized: boolean };
    case 'instanceType':
      return { ...request, InstanceType: { Value } };
    case 'sourceDestCheck':
      return { ...request, SourceDestCheck: boolean };
    case 'instanceInitiatedShutdownBehavior':
      return { ...request, InstanceInitiatedShutdownBehavior: { Value } };
    case 'userData':
      return { ...request, UserData: { Value: Buffer.from(Value, 'base64') } };
    case 'groupSet':
      return { ...request, Groups: [Value] };
    default:
      throw errors.unsupported(`Alacarte does not change ${Attribute} of an instance yet.`);
  }
}

function flag(
  name: 'DisableApiTermination' | 'DisableApiStop',
  change: (value: boolean) => Partial<Instance['settings']>,
): Change {
  return {
    given: (request) => request[name]?.Value !== undefined,
    apply: (instance, request) => withSettings(instance, change(request[name]!.Value!)),
  };
}

/** The instance with some of its settings changed. */
export function withSettings(instance: Instance, change: Partial<Instance['settings']>): Instance {
  return { ...instance, settings: { ...instance.settings, ...change } };
}

/** @throws IncorrectInstanceState */
export function checkStopped({ id, state }: Instance): void {
  if (state !== 'stopped') {
    throw errors.incorrectState(`The instance '${id}' is not in the 'stopped' state.`);
  }
}

function groupsOf(
  { network }: Instance,
  ids: readonly string[],
  known: readonly SecurityGroup[],
): { id: string; name: string }[] {
  checkIds(kinds.securityGroup, ids);
  return ids.map((id) => {
    const group = known.find((each) => each.GroupId === id && each.VpcId === network.vpcId);
    if (!group) throw kinds.securityGroup.notFound([id]);
    return { id, name: group.GroupName ?? '' };
  });
}
