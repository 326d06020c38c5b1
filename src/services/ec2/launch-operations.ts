import type { AnyOperation } from '../../kernel/operation.ts';
import { createFleet } from './operations/create-fleet.ts';
import { createLaunchTemplateVersion } from './operations/create-launch-template-version.ts';
import { createLaunchTemplate } from './operations/create-launch-template.ts';
import { createPlacementGroup } from './operations/create-placement-group.ts';
import { deleteFleets } from './operations/delete-fleets.ts';
import { deleteLaunchTemplateVersions } from './operations/delete-launch-template-versions.ts';
import { deleteLaunchTemplate } from './operations/delete-launch-template.ts';
import { deletePlacementGroup } from './operations/delete-placement-group.ts';
import { describeFleetHistory } from './operations/describe-fleet-history.ts';
import { describeFleetInstances } from './operations/describe-fleet-instances.ts';
import { describeFleets } from './operations/describe-fleets.ts';
import { describeLaunchTemplateVersions } from './operations/describe-launch-template-versions.ts';
import { describeLaunchTemplates } from './operations/describe-launch-templates.ts';
import { describePlacementGroups } from './operations/describe-placement-groups.ts';
import { getLaunchTemplateData } from './operations/get-launch-template-data.ts';
import { modifyFleet } from './operations/modify-fleet.ts';
import { modifyLaunchTemplate } from './operations/modify-launch-template.ts';
import type { Ec2Scope } from './scope.ts';

/** What launches are made from, where they are placed, and when they may be disturbed. */
export const launchOperations: readonly AnyOperation<Ec2Scope>[] = [
  createFleet,
  createLaunchTemplate,
  createLaunchTemplateVersion,
  createPlacementGroup,
  deleteFleets,
  deleteLaunchTemplate,
  deleteLaunchTemplateVersions,
  deletePlacementGroup,
  describeFleetHistory,
  describeFleetInstances,
  describeFleets,
  describeLaunchTemplateVersions,
  describeLaunchTemplates,
  describePlacementGroups,
  getLaunchTemplateData,
  modifyFleet,
  modifyLaunchTemplate,
];
