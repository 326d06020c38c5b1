import type { InstanceCreditSpecificationRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { withSettings } from '../domain/instances/modify.ts';
import { onInstances } from '../domain/instances/named.ts';
import { transition } from '../domain/instances/transition.ts';
import { oneOf } from '../domain/launch/settings.ts';
import type { Ec2Scope } from '../scope.ts';

/** Recorded only. What cannot be changed is listed beside what could. */
export const modifyInstanceCreditSpecification = operation(
  model.ModifyInstanceCreditSpecification,
  {
    authorize: ({ InstanceCreditSpecifications }, { caller }: Ec2Scope) =>
      onInstances(
        'ModifyInstanceCreditSpecification',
        InstanceCreditSpecifications?.map((each) => each.InstanceId),
        caller,
      ),
    async handle(input, scope) {
      scope.realize('recorded');
      const done: { InstanceId: string | undefined }[] = [];
      const failed: object[] = [];
      for (const request of input.InstanceCreditSpecifications ?? []) {
        const { InstanceId } = request;
        try {
          await transition(InstanceId ? [InstanceId] : [], scope, (instance) =>
            withCredits(instance, request),
          );
          done.push({ InstanceId });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          failed.push({ InstanceId, Error: { Code: error.code, Message: error.message } });
        }
      }
      return {
        SuccessfulInstanceCreditSpecifications: done,
        UnsuccessfulInstanceCreditSpecifications: failed,
      };
    },
  },
);

function withCredits(
  instance: Instance,
  { CpuCredits = '' }: InstanceCreditSpecificationRequest,
): Instance {
  const creditSpecification = oneOf(['standard', 'unlimited'], CpuCredits, 'CpuCredits');
  if (instance.settings.creditSpecification === undefined) {
    throw new AwsError(
      'InstanceCreditSpecification.NotSupported',
      `The instance '${instance.id}' is not of a burstable performance type.`,
    );
  }
  return withSettings(instance, { creditSpecification });
}
