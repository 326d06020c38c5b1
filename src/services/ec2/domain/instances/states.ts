import type { InstanceState, StateReason } from '@aws-sdk/client-ec2';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
export type StateName =
  | 'pending'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'shutting-down'
  | 'terminated';

const CODES: Readonly<Record<StateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export function wireState(name: StateName): InstanceState {
  return { Code: CODES[name], Name: name };
}

export const reasons = {
  userInitiated: reason('Client.UserInitiatedShutdown', 'User initiated shutdown'),
  instanceInitiated: reason('Client.InstanceInitiatedShutdown', 'Instance initiated shutdown'),
  launchFailed: (why: string) => reason('Server.InternalError', `Internal error on launch: ${why}`),
  startFailed: (why: string) => reason('Server.InternalError', `Internal error on start: ${why}`),
  machineFoundOff: reason('Server.InternalError', 'The machine was found powered off'),
} as const;

function reason(Code: string, text: string): StateReason {
  return { Code, Message: `${Code}: ${text}` };
}

/** As AWS writes `StateTransitionReason`. */
export function userInitiatedAt(ms: number): string {
  return `User initiated (${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
}
