import type {
  LaunchTemplate,
  LaunchTemplateVersion,
  RequestLaunchTemplateData,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { LaunchTemplateRecord, LaunchTemplateVersionRecord } from './launch-templates.ts';

/** A template as the wire shows it, without tags. */
export function wireTemplate(template: LaunchTemplateRecord): LaunchTemplate {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    CreateTime: new Date(template.createdAtMs),
    CreatedBy: template.createdBy,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: template.latestVersion,
    Operator: { Managed: false },
  };
}

export function wireVersion(
  template: LaunchTemplateRecord,
  version: LaunchTemplateVersionRecord,
): LaunchTemplateVersion {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    ...(version.description !== undefined && { VersionDescription: version.description }),
    CreateTime: new Date(version.createdAtMs),
    CreatedBy: version.createdBy,
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: wireData(version.data),
    Operator: { Managed: false },
  };
}

/** What a request gave is what is shown; a time was kept as text. */
function wireData(data: RequestLaunchTemplateData): ResponseLaunchTemplateData {
  const { SpotOptions, ...market } = data.InstanceMarketOptions ?? {};
  const until = SpotOptions?.ValidUntil;
  return {
    ...(data as ResponseLaunchTemplateData),
    ...(data.InstanceMarketOptions && {
      InstanceMarketOptions: {
        ...market,
        ...(SpotOptions && {
          SpotOptions: { ...SpotOptions, ...(until && { ValidUntil: new Date(until) }) },
        }),
      },
    }),
  };
}
