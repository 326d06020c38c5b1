import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const templateNameTaken = () =>
  new AwsError(
    'InvalidLaunchTemplateName.AlreadyExistsException',
    'Launch template name already in use.',
  );

export const templateNameMalformed = () =>
  new AwsError(
    'InvalidLaunchTemplateName.MalformedException',
    'The specified launch template name is invalid. A launch template name must be between 3 and ' +
      '128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _.',
  );

export const templateNameNotFound = (name: string) =>
  new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );

export const templateNotNamed = () =>
  new AwsError(
    'MissingParameter',
    'Either a launch template ID or a launch template name must be specified.',
  );

export const templateNamedTwice = () =>
  new AwsError(
    'InvalidParameterCombination',
    'You may specify a launch template ID or a launch template name, but not both.',
  );

export const templateVersionNotFound = (version: string | number, id: string) =>
  new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${id}.`,
  );

export const templateVersionMalformed = (version: string) =>
  new AwsError(
    'InvalidParameterValue',
    `Invalid launch template version: '${version}'. A version is a number, $Latest or $Default.`,
  );

export const placementGroupTaken = (name: string) =>
  new AwsError('InvalidPlacementGroup.Duplicate', `The placement group '${name}' already exists.`);

export const placementGroupUnknown = (name: string) =>
  new AwsError('InvalidPlacementGroup.Unknown', `The Placement Group '${name}' is unknown.`);

export const placementGroupInUse = (name: string) =>
  new AwsError(
    'InvalidPlacementGroup.InUse',
    `The placement group '${name}' is in use and may not be deleted.`,
  );

export const placementGroupElsewhere = (name: string, zone: string) =>
  new AwsError(
    'InvalidPlacementGroup.InUse',
    `The placement group '${name}' is in use in another availability zone: ${zone}`,
  );

export const poolsOfLowestPrice = () =>
  new AwsError(
    'InvalidFleetConfig',
    'InstancePoolsToUseCount option is only available with the lowestPrice allocation strategy.',
  );

export const noDeviceIndex = () =>
  new AwsError('InvalidParameterValue', 'Each network interface requires a device index.');

export const noFirstInterface = () =>
  new AwsError(
    'InvalidParameterCombination',
    'When specifying network interfaces, you must include a device at index 0.',
  );

export const deviceIndexTwice = (index: number) =>
  new AwsError(
    'InvalidParameterCombination',
    `More than one network interface is specified at device index '${index}'.`,
  );

export const interfaceElsewhere = () =>
  new AwsError(
    'InvalidParameterCombination',
    'You may not attach a network interface to an instance if they are not in the same availability zone',
  );

export const interfaceLimit = (count: number, instanceType: string) =>
  new AwsError(
    'AttachmentLimitExceeded',
    `Interface count ${count} exceeds the limit for ${instanceType}`,
  );

export const interfacesTaken = (id: string) =>
  new AwsError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
