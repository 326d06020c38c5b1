import type { AnyOperation } from '../../kernel/operation.ts';
import { associateInstanceEventWindow } from './operations/associate-instance-event-window.ts';
import { createInstanceEventWindow } from './operations/create-instance-event-window.ts';
import { deleteInstanceEventWindow } from './operations/delete-instance-event-window.ts';
import { deregisterInstanceEventNotificationAttributes } from './operations/deregister-instance-event-notification-attributes.ts';
import { describeElasticGpus } from './operations/describe-elastic-gpus.ts';
import { describeInstanceAttribute } from './operations/describe-instance-attribute.ts';
import { describeInstanceCreditSpecifications } from './operations/describe-instance-credit-specifications.ts';
import { describeInstanceEventNotificationAttributes } from './operations/describe-instance-event-notification-attributes.ts';
import { describeInstanceEventWindows } from './operations/describe-instance-event-windows.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstanceTopology } from './operations/describe-instance-topology.ts';
import { describeInstanceTypeOfferings } from './operations/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './operations/describe-instance-types.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { disassociateInstanceEventWindow } from './operations/disassociate-instance-event-window.ts';
import { getConsoleOutput } from './operations/get-console-output.ts';
import { getDefaultCreditSpecification } from './operations/get-default-credit-specification.ts';
import { getInstanceTypesFromInstanceRequirements } from './operations/get-instance-types-from-instance-requirements.ts';
import { getPasswordData } from './operations/get-password-data.ts';
import { modifyDefaultCreditSpecification } from './operations/modify-default-credit-specification.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyInstanceCpuOptions } from './operations/modify-instance-cpu-options.ts';
import { modifyInstanceCreditSpecification } from './operations/modify-instance-credit-specification.ts';
import { modifyInstanceEventWindow } from './operations/modify-instance-event-window.ts';
import { modifyInstanceMaintenanceOptions } from './operations/modify-instance-maintenance-options.ts';
import { modifyInstanceMetadataOptions } from './operations/modify-instance-metadata-options.ts';
import { modifyInstanceNetworkPerformanceOptions } from './operations/modify-instance-network-performance-options.ts';
import { modifyPrivateDnsNameOptions } from './operations/modify-private-dns-name-options.ts';
import { monitorInstances } from './operations/monitor-instances.ts';
import { rebootInstances } from './operations/reboot-instances.ts';
import { registerInstanceEventNotificationAttributes } from './operations/register-instance-event-notification-attributes.ts';
import { reportInstanceStatus } from './operations/report-instance-status.ts';
import { resetInstanceAttribute } from './operations/reset-instance-attribute.ts';
import { sendDiagnosticInterrupt } from './operations/send-diagnostic-interrupt.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';
import { unmonitorInstances } from './operations/unmonitor-instances.ts';
import type { Ec2Scope } from './scope.ts';

/** Instances, their types, and what they tell. */
export const instanceOperations: readonly AnyOperation<Ec2Scope>[] = [
  associateInstanceEventWindow,
  createInstanceEventWindow,
  deleteInstanceEventWindow,
  deregisterInstanceEventNotificationAttributes,
  describeElasticGpus,
  describeInstanceAttribute,
  describeInstanceCreditSpecifications,
  describeInstanceEventNotificationAttributes,
  describeInstanceEventWindows,
  describeInstanceStatus,
  describeInstanceTopology,
  describeInstanceTypeOfferings,
  describeInstanceTypes,
  describeInstances,
  disassociateInstanceEventWindow,
  getConsoleOutput,
  getDefaultCreditSpecification,
  getInstanceTypesFromInstanceRequirements,
  getPasswordData,
  modifyDefaultCreditSpecification,
  modifyInstanceAttribute,
  modifyInstanceCpuOptions,
  modifyInstanceCreditSpecification,
  modifyInstanceEventWindow,
  modifyInstanceMaintenanceOptions,
  modifyInstanceMetadataOptions,
  modifyInstanceNetworkPerformanceOptions,
  modifyPrivateDnsNameOptions,
  monitorInstances,
  rebootInstances,
  registerInstanceEventNotificationAttributes,
  reportInstanceStatus,
  resetInstanceAttribute,
  sendDiagnosticInterrupt,
  startInstances,
  stopInstances,
  terminateInstances,
  unmonitorInstances,
];
