import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstances, onInstances } from '../domain/instances/named.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const REASONS = [
  ...(['instance-stuck-in-state', 'unresponsive', 'not-accepting-credentials'] as const),
  ...(['password-not-available', 'performance-network', 'performance-instance-store'] as const),
  ...(['performance-ebs-volume', 'performance-other', 'other'] as const),
];

/** Checked and let go: AWS, too, changes nothing that can be seen. */
export const reportInstanceStatus = operation(model.ReportInstanceStatus, {
  recorded: true,
  authorize: ({ Instances }, { caller }: Ec2Scope) =>
    onInstances('ReportInstanceStatus', Instances, caller),
  async handle({ Instances, Status, ReasonCodes = [] }, scope) {
    if (!Status) throw errors.missingParameter('Status');
    oneOf(['ok', 'impaired'], Status, 'Status');
    if (ReasonCodes.length === 0) throw errors.missingParameter('ReasonCode');
    for (const each of ReasonCodes) oneOf(REASONS, each, 'ReasonCode');
    for (const { id, state } of await namedInstances(Instances, scope)) {
      if (state !== 'running') {
        throw errors.incorrectState(`The instance '${id}' is not in the 'running' state.`);
      }
    }
    return {};
  },
});
