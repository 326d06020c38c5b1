import type {
  DescribeLaunchTemplateVersionsRequest,
  LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import {
  orderedNumber,
  type LaunchTemplateRecord,
  type LaunchTemplateVersionRecord,
} from '../domain/launch-templates/launch-templates.ts';
import { namedTemplate, versionNumber } from '../domain/launch-templates/named.ts';
import { wireVersion } from '../domain/launch-templates/wire.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import * as launchErrors from '../launch-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<LaunchTemplateVersion> = {
  'create-time': (it) => it.CreateTime,
  'ebs-optimized': (it) => it.LaunchTemplateData?.EbsOptimized,
  'http-endpoint': (it) => it.LaunchTemplateData?.MetadataOptions?.HttpEndpoint,
  'http-protocol-ipv4': (it) => it.LaunchTemplateData?.MetadataOptions?.HttpEndpoint,
  'http-tokens': (it) => it.LaunchTemplateData?.MetadataOptions?.HttpTokens,
  'iam-instance-profile': (it) => it.LaunchTemplateData?.IamInstanceProfile?.Arn,
  'image-id': (it) => it.LaunchTemplateData?.ImageId,
  'instance-type': (it) => it.LaunchTemplateData?.InstanceType,
  'is-default-version': (it) => it.DefaultVersion,
  'kernel-id': (it) => it.LaunchTemplateData?.KernelId,
  'license-configuration-arn': (it) =>
    it.LaunchTemplateData?.LicenseSpecifications?.map((each) => each.LicenseConfigurationArn),
  'network-card-index': (it) =>
    it.LaunchTemplateData?.NetworkInterfaces?.map((each) => each.NetworkCardIndex),
  'ram-disk-id': (it) => it.LaunchTemplateData?.RamDiskId,
};

const MAX_NUMBER = 999_999_999_999;

/** One template's versions, the latest first; or each template's `$Latest`, its `$Default`, or both. */
export const describeLaunchTemplateVersions = operation(model.DescribeLaunchTemplateVersions, {
  async handle(input, scope: Ec2Scope) {
    refuseMembers('DescribeLaunchTemplateVersions', input, ['ResolveAlias']);
    const templates = await wantedTemplates(input, scope);
    const all = await Promise.all(templates.map((each) => wantedVersions(each, input, scope)));
    const { found, NextToken } = select(all.flat(), input, {
      id: (version) => version.LaunchTemplateId,
      order: ({ LaunchTemplateId, VersionNumber = 0 }) =>
        `${LaunchTemplateId}/${orderedNumber(MAX_NUMBER - VersionNumber)}`,
      filters,
      page: { min: 1, max: 200 },
    });
    return { LaunchTemplateVersions: found, NextToken };
  },
});

async function wantedTemplates(
  input: DescribeLaunchTemplateVersionsRequest,
  scope: Ec2Scope,
): Promise<readonly LaunchTemplateRecord[]> {
  if (input.LaunchTemplateId || input.LaunchTemplateName)
    return [await namedTemplate(input, scope)];
  const { Versions = [] } = input;
  if (Versions.length === 0) throw launchErrors.templateNotNamed();
  if (Versions.some((text) => text !== '$Latest' && text !== '$Default')) {
    throw errors.combination(
      'Without a launch template only the versions $Latest and $Default can be described.',
    );
  }
  return scope.launchTemplates.inventory.list(scope.caller);
}

async function wantedVersions(
  template: LaunchTemplateRecord,
  { Versions = [], MinVersion, MaxVersion }: DescribeLaunchTemplateVersionsRequest,
  { caller, launchTemplates }: Ec2Scope,
): Promise<LaunchTemplateVersion[]> {
  const show = (version: LaunchTemplateVersionRecord) => wireVersion(template, version);
  if (Versions.length === 0) {
    const from = MinVersion === undefined ? 1 : versionNumber(template, MinVersion);
    const to = MaxVersion === undefined ? MAX_NUMBER : versionNumber(template, MaxVersion);
    const all = await launchTemplates.versions(caller, template.id);
    return all.filter(({ number }) => number >= from && number <= to).map(show);
  }
  if (MinVersion !== undefined || MaxVersion !== undefined) {
    throw errors.combination('Versions cannot be combined with MinVersion or MaxVersion.');
  }
  const numbers = new Set(Versions.map((text) => versionNumber(template, text)));
  const found = await Promise.all(
    [...numbers].map((number) => launchTemplates.version(caller, template.id, number)),
  );
  return found.map(show);
}
