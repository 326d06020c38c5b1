import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { isFinished, progressEvent } from '../domain/request.ts';
import * as errors from '../errors.ts';
import { onResources } from '../permissions.ts';
import type { CloudControlScope } from '../scope.ts';

/** Ends a request after the step it is in. What that step has made stays, as on AWS. */
export const cancelResourceRequest = operation(model.CancelResourceRequest, {
  authorize: (_, { caller }: CloudControlScope) => onResources('CancelResourceRequest', caller),
  async handle({ RequestToken = '' }, { caller, requests }) {
    const request = await requests.get(caller, RequestToken);
    if (isFinished(request)) throw errors.alreadyEnded(RequestToken, request.status);
    const cancelled = await requests.change(request, { status: 'CANCEL_COMPLETE' });
    return { ProgressEvent: progressEvent(cancelled) };
  },
});
