import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { page } from '../domain/pages.ts';
import { progressEvent } from '../domain/resource-request.ts';
import type { CloudControlScope } from '../scope.ts';

export const listResourceRequests = operation(model.ListResourceRequests, {
  async handle(input, { caller, requests }: CloudControlScope) {
    const { Operations, OperationStatuses } = input.ResourceRequestStatusFilter ?? {};
    const all = await requests.list(caller);
    const chosen = all.filter(
      ({ order, status }) =>
        (!Operations?.length || Operations.includes(order.operation)) &&
        (!OperationStatuses?.length || OperationStatuses.includes(status)),
    );
    const { items, NextToken } = page(chosen, input);
    return { ResourceRequestStatusSummaries: items.map(progressEvent), NextToken };
  },
});
