import type { AnyOperation } from '../../kernel/operation.ts';
import { associateInstanceEventWindow } from './operations/associate-instance-event-window.ts';
import { createFleet } from './operations/create-fleet.ts';
import { createInstanceEventWindow } from './operations/create-instance-event-window.ts';
import { createLaunchTemplateVersion } from './operations/create-launch-template-version.ts';
import { createLaunchTemplate } from './operations/create-launch-template.ts';
import { createPlacementGroup } from './operations/create-placement-group.ts';
import { deleteFleets } from './operations/delete-fleets.ts';
import { deleteInstanceEventWindow } from './operations/delete-instance-event-window.ts';
import { deleteLaunchTemplateVersions } from './operations/delete-launch-template-versions.ts';
import { deleteLaunchTemplate } from './operations/delete-launch-template.ts';
import { deletePlacementGroup } from './operations/delete-placement-group.ts';
import { deregisterInstanceEventNotificationAttributes } from './operations/deregister-instance-event-notification-attributes.ts';
import { describeElasticGpus } from './operations/describe-elastic-gpus.ts';
import { describeFleetHistory } from './operations/describe-fleet-history.ts';
import { describeFleetInstances } from './operations/describe-fleet-instances.ts';
import { describeFleets } from './operations/describe-fleets.ts';
import { describeInstanceEventNotificationAttributes } from './operations/describe-instance-event-notification-attributes.ts';
import { describeInstanceEventWindows } from './operations/describe-instance-event-windows.ts';
import { describeInstanceTopology } from './operations/describe-instance-topology.ts';
import { describeLaunchTemplateVersions } from './operations/describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './operations/describe-launch-templates.ts';
import { describePlacementGroups } from './operations/describe-placement-groups.ts';
import { disassociateInstanceEventWindow } from './operations/disassociate-instance-event-window.ts';
import { getDefaultCreditSpecification } from './operations/get-default-credit-specification.ts';
import { getInstanceTypesFromInstanceRequirements } from './operations/get-instance-types-from-instance-requirements.ts';
import { getLaunchTemplateData } from './operations/get-launch-template-data.ts';
import { modifyDefaultCreditSpecification } from './operations/modify-default-credit-specification.ts';
import { modifyFleet } from './operations/modify-fleet.ts';
import { modifyInstanceCpuOptions } from './operations/modify-instance-cpu-options.ts';
import { modifyInstanceEventWindow } from './operations/modify-instance-event-window.ts';
import { modifyInstanceNetworkPerformanceOptions } from './operations/modify-instance-network-performance-options.ts';
import { modifyLaunchTemplate } from './operations/modify-launch-template.ts';
import { registerInstanceEventNotificationAttributes } from './operations/register-instance-event-notification-attributes.ts';
import { reportInstanceStatus } from './operations/report-instance-status.ts';
import type { Ec2Scope } from './scope.ts';

/** What launches are made from, where they are placed, and when they may be disturbed. */
export const launchOperations: readonly AnyOperation<Ec2Scope>[] = [
  associateInstanceEventWindow,
  createFleet,
  createInstanceEventWindow,
  createLaunchTemplate,
  createLaunchTemplateVersion,
  createPlacementGroup,
  deleteFleets,
  deleteInstanceEventWindow,
  deleteLaunchTemplate,
  deleteLaunchTemplateVersions,
  deletePlacementGroup,
  deregisterInstanceEventNotificationAttributes,
  describeElasticGpus,
  describeFleetHistory,
  describeFleetInstances,
  describeFleets,
  describeInstanceEventNotificationAttributes,
  describeInstanceEventWindows,
  describeInstanceTopology,
  describeLaunchTemplateVersions,
  describeLaunchTemplates,
  describePlacementGroups,
  disassociateInstanceEventWindow,
  getDefaultCreditSpecification,
  getInstanceTypesFromInstanceRequirements,
  getLaunchTemplateData,
  modifyDefaultCreditSpecification,
  modifyFleet,
  modifyInstanceCpuOptions,
  modifyInstanceEventWindow,
  modifyInstanceNetworkPerformanceOptions,
  modifyLaunchTemplate,
  registerInstanceEventNotificationAttributes,
  reportInstanceStatus,
];
