import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/resource-request.ts';
import * as errors from '../errors.ts';
import type { CloudControlScope } from '../scope.ts';

/** Ends a request after the step it is in. What that step has made stays, as on AWS. */
export const cancelResourceRequest = operation(model.CancelResourceRequest, {
  async handle({ RequestToken = '' }, { caller, requests }: CloudControlScope) {
    await requests.get(caller, RequestToken);
    const cancelled = await requests.change(caller, RequestToken, ({ status }) => {
      if (status !== 'IN_PROGRESS') throw errors.alreadyEnded(RequestToken, status);
      return { status: 'CANCEL_COMPLETE' };
    });
    return { ProgressEvent: progressEvent(cancelled) };
  },
});
