import type { Workflow } from '../../../../workflows/workflows.ts';
import type { InstanceRef } from '../instances/instance.ts';
import type { Machines } from './machines.ts';

/** What EC2 orders that outlives its request. */
export interface InstanceWorkflows {
  readonly launch: Workflow<InstanceRef>;
  readonly start: Workflow<InstanceRef>;
  readonly reboot: Workflow<InstanceRef>;
}

export function instanceWorkflows(machines: Machines): InstanceWorkflows {
  const powerOn = { name: 'power on', run: (ref: InstanceRef) => machines.powerOn(ref) };
  const recordRunning = {
    name: 'record running',
    run: (ref: InstanceRef) => machines.recordRunning(ref),
  };
  return {
    launch: {
      name: 'ec2:RunInstances',
      steps: [
        {
          name: 'create machine',
          run: (ref) => machines.create(ref),
          undo: (ref, cause) => machines.abandonLaunch(ref, `${cause.step}: ${cause.message}`),
        },
        powerOn,
        recordRunning,
      ],
    },
    start: {
      name: 'ec2:StartInstances',
      steps: [
        {
          ...powerOn,
          undo: (ref, cause) => machines.abandonStart(ref, `${cause.step}: ${cause.message}`),
        },
        recordRunning,
      ],
    },
    reboot: {
      name: 'ec2:RebootInstances',
      steps: [{ name: 'restart', run: (ref) => machines.reboot(ref) }],
    },
  };
}
