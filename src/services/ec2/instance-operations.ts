import type { AnyOperation } from '../../kernel/operation.ts';
import { describeInstanceAttribute } from './operations/describe-instance-attribute.ts';
import { describeInstanceCreditSpecifications } from './operations/describe-instance-credit-specifications.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstanceTypeOfferings } from './operations/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './operations/describe-instance-types.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { getConsoleOutput } from './operations/get-console-output.ts';
import { getPasswordData } from './operations/get-password-data.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyInstanceCreditSpecification } from './operations/modify-instance-credit-specification.ts';
import { modifyInstanceMaintenanceOptions } from './operations/modify-instance-maintenance-options.ts';
import { modifyInstanceMetadataOptions } from './operations/modify-instance-metadata-options.ts';
import { modifyPrivateDnsNameOptions } from './operations/modify-private-dns-name-options.ts';
import { monitorInstances } from './operations/monitor-instances.ts';
import { rebootInstances } from './operations/reboot-instances.ts';
import { resetInstanceAttribute } from './operations/reset-instance-attribute.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';
import { unmonitorInstances } from './operations/unmonitor-instances.ts';
import type { Ec2Scope } from './scope.ts';

/** Instances, their types, and what they tell. */
export const instanceOperations: readonly AnyOperation<Ec2Scope>[] = [
  describeInstanceAttribute,
  describeInstanceCreditSpecifications,
  describeInstanceStatus,
  describeInstanceTypeOfferings,
  describeInstanceTypes,
  describeInstances,
  getConsoleOutput,
  getPasswordData,
  modifyInstanceAttribute,
  modifyInstanceCreditSpecification,
  modifyInstanceMaintenanceOptions,
  modifyInstanceMetadataOptions,
  modifyPrivateDnsNameOptions,
  monitorInstances,
  rebootInstances,
  resetInstanceAttribute,
  startInstances,
  stopInstances,
  terminateInstances,
  unmonitorInstances,
];
