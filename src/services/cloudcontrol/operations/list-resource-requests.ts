import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { pageOf } from '../domain/pages.ts';
import { progressEvent } from '../domain/request.ts';
import { onResources } from '../permissions.ts';
import type { CloudControlScope } from '../scope.ts';

export const listResourceRequests = operation(model.ListResourceRequests, {
  authorize: (_, { caller }: CloudControlScope) => onResources('ListResourceRequests', caller),
  async handle(input, { caller, requests }) {
    const { Operations, OperationStatuses } = input.ResourceRequestStatusFilter ?? {};
    const wanted = (await requests.list(caller)).filter(
      ({ operation: kind, status }) =>
        (Operations?.includes(kind) ?? true) && (OperationStatuses?.includes(status) ?? true),
    );
    const { page, ...more } = pageOf(wanted, input, ({ token }) => token);
    return { ResourceRequestStatusSummaries: page.map(progressEvent), ...more };
  },
});
