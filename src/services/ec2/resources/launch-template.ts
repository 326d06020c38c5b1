import { isDeepStrictEqual } from 'node:util';
import type {
  LaunchTemplate as Described,
  RequestLaunchTemplateData,
  ResourceType as TaggedType,
} from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

type LaunchTemplate = ResourceModels['AWS::EC2::LaunchTemplate'];

const NOT_FOUND = 'InvalidLaunchTemplateId.NotFound';
const TYPE: TaggedType = 'launch-template';

/** Each change of the data is a further version; the first one stays the default. */
export const launchTemplate = resourceType('AWS::EC2::LaunchTemplate', {
  properties: [
    'LaunchTemplateData',
    'LaunchTemplateName',
    'TagSpecifications',
    'VersionDescription',
  ],

  async create(desired, context) {
    const { LaunchTemplate: made } = await context.invoke(model.CreateLaunchTemplate, {
      LaunchTemplateName: desired.LaunchTemplateName ?? context.generatedName(128),
      LaunchTemplateData: dataOf(desired),
      VersionDescription: desired.VersionDescription,
      ClientToken: context.token,
      TagSpecifications: [specification(TYPE, tagsOf(desired), context)],
    });
    return made!.LaunchTemplateId!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { LaunchTemplateVersions } = await context.invoke(model.DescribeLaunchTemplateVersions, {
      ...{ LaunchTemplateId: id, Versions: ['$Latest'] },
    });
    const latest = LaunchTemplateVersions![0]!;
    const Tags = shownTags(found.Tags);
    return {
      LaunchTemplateId: id,
      LaunchTemplateName: found.LaunchTemplateName!,
      DefaultVersionNumber: String(found.DefaultVersionNumber),
      LatestVersionNumber: String(found.LatestVersionNumber),
      LaunchTemplateData: latest.LaunchTemplateData as LaunchTemplate['LaunchTemplateData'],
      ...(latest.VersionDescription && { VersionDescription: latest.VersionDescription }),
      ...(Tags && { TagSpecifications: [{ ResourceType: TYPE, Tags }] }),
    };
  },

  async update(id, desired, previous, context) {
    const said = ({ LaunchTemplateData, VersionDescription }: LaunchTemplate) => ({
      ...{ LaunchTemplateData, VersionDescription },
    });
    if (!isDeepStrictEqual(said(desired), said(previous))) {
      await context.invoke(model.CreateLaunchTemplateVersion, {
        LaunchTemplateId: id,
        LaunchTemplateData: dataOf(desired),
        VersionDescription: desired.VersionDescription,
        ClientToken: context.token,
      });
    }
    await updateTags(id, tagsOf(desired), context);
  },

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteLaunchTemplate, { LaunchTemplateId: id }));
  },

  async list({ invoke }) {
    const { LaunchTemplates = [] } = await invoke(model.DescribeLaunchTemplates, {});
    return LaunchTemplates.map(({ LaunchTemplateId }) => LaunchTemplateId!);
  },
});

/** A template says the same as a request does. */
function dataOf({ LaunchTemplateData }: LaunchTemplate): RequestLaunchTemplateData {
  return LaunchTemplateData as RequestLaunchTemplateData;
}

function tagsOf({ TagSpecifications = [] }: LaunchTemplate) {
  return TagSpecifications.filter(({ ResourceType }) => ResourceType === TYPE).flatMap(
    ({ Tags = [] }) => Tags,
  );
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeLaunchTemplates, { LaunchTemplateIds: [id] });
  return (await unless(NOT_FOUND, answer))?.LaunchTemplates?.[0];
}
