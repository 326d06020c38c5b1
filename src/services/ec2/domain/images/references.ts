import type { ImageReference, ResourceTypeRequest } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import * as ssm from '../../../../models/generated/ssm.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { oneOf } from '../launch/settings.ts';

type Reference = ImageReference & { readonly Arn: string; readonly ImageId: string };

/** How a kind of resource is looked through for images. */
type Look = (
  options: ReadonlyMap<string, readonly string[]>,
  scope: Ec2Scope,
) => Promise<Reference[]>;

const USUAL_DEPTH = 10;
const MAX_DEPTH = 10_000;
const STATES = [
  ...(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped'] as const),
];

// There is no Image Builder, so nothing of it refers to images.
const LOOKS: Readonly<Record<string, Look>> = {
  'ec2:Instance': inInstances,
  'ec2:LaunchTemplate': inTemplates,
  'ssm:Parameter': inParameters,
  'imagebuilder:ImageRecipe': () => Promise.resolve([]),
  'imagebuilder:ContainerRecipe': () => Promise.resolve([]),
};

/**
 * What refers to images, of the kinds that a request asks for.
 *
 * @throws MissingParameter, InvalidParameterValue
 */
export async function imageReferences(
  asked: readonly ResourceTypeRequest[],
  includesAll: boolean,
  scope: Ec2Scope,
): Promise<Reference[]> {
  if (asked.length === 0 && !includesAll) {
    throw errors.missingParameter('ResourceTypes or IncludeAllResourceTypes');
  }
  const wanted = new Map<string, ReadonlyMap<string, readonly string[]>>();
  if (includesAll) for (const type of Object.keys(LOOKS)) wanted.set(type, new Map());
  for (const { ResourceType = '', ResourceTypeOptions = [] } of asked) {
    const type = oneOf(Object.keys(LOOKS), ResourceType, 'ResourceType');
    const options = ResourceTypeOptions.map(
      ({ OptionName = '', OptionValues = [] }) =>
        [oneOf(['state-name', 'version-depth'], OptionName, 'OptionName'), OptionValues] as const,
    );
    wanted.set(type, new Map(options));
  }
  const found = await Promise.all(
    [...wanted].map(([type, options]) => LOOKS[type]!(options, scope)),
  );
  return found.flat();
}

async function inInstances(
  options: ReadonlyMap<string, readonly string[]>,
  { caller, instances }: Ec2Scope,
): Promise<Reference[]> {
  const states = options.get('state-name')?.map((each) => oneOf(STATES, each, 'state-name'));
  return (await instances.list(caller))
    .filter(({ state }) => !states?.length || states.includes(state))
    .map(({ id, imageId }) => ({
      ImageId: imageId,
      ResourceType: 'ec2:Instance',
      Arn: arnOf(caller, 'ec2', `instance/${id}`),
    }));
}

async function inTemplates(
  options: ReadonlyMap<string, readonly string[]>,
  { caller, launchTemplates }: Ec2Scope,
): Promise<Reference[]> {
  const [given = String(USUAL_DEPTH)] = options.get('version-depth') ?? [];
  const depth = Number(given);
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) {
    throw errors.invalidValue(given, 'version-depth', `Expected 1 to ${MAX_DEPTH}.`);
  }
  const templates = await launchTemplates.inventory.list(caller);
  const found = await Promise.all(
    templates.map(async ({ id }) => {
      const versions = (await launchTemplates.versions(caller, id)).slice(0, depth);
      const images = new Set(versions.flatMap(({ data }) => data.ImageId ?? []));
      return [...images].map((ImageId): Reference => ({
        ImageId,
        ResourceType: 'ec2:LaunchTemplate',
        Arn: arnOf(caller, 'ec2', `launch-template/${id}`),
      }));
    }),
  );
  return found.flat();
}

/** Those that say of themselves that they hold an image. */
async function inParameters(
  _options: ReadonlyMap<string, readonly string[]>,
  { caller, invoke }: Ec2Scope,
): Promise<Reference[]> {
  const found: Reference[] = [];
  let NextToken: string | undefined;
  do {
    const page = await invoke(caller, ssm.DescribeParameters, {
      ParameterFilters: [{ Key: 'DataType', Values: ['aws:ec2:image'] }],
      ...(NextToken !== undefined && { NextToken }),
    });
    for (const { Name } of page.Parameters ?? []) {
      const { Parameter } = await invoke(caller, ssm.GetParameter, { Name });
      const { ARN: Arn, Value: ImageId } = Parameter ?? {};
      if (Arn && ImageId) found.push({ ImageId, ResourceType: 'ssm:Parameter', Arn });
    }
    ({ NextToken } = page);
  } while (NextToken);
  return found;
}
