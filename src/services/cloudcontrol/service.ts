import { service } from '../../kernel/service.ts';
import { contextOf, resourceRequestWorkflow } from './domain/carry-out.ts';
import { Requests } from './domain/requests.ts';
import { ResourceTypes } from './domain/resource-types.ts';
import { cancelResourceRequest } from './operations/cancel-resource-request.ts';
import { createResource } from './operations/create-resource.ts';
import { deleteResource } from './operations/delete-resource.ts';
import { getResourceRequestStatus } from './operations/get-resource-request-status.ts';
import { getResource } from './operations/get-resource.ts';
import { listResourceRequests } from './operations/list-resource-requests.ts';
import { listResources } from './operations/list-resources.ts';
import { updateResource } from './operations/update-resource.ts';
import type { CloudControlScope } from './scope.ts';

export const cloudcontrol = service<CloudControlScope>({
  name: 'cloudcontrol',
  actionPrefix: 'cloudformation',
  operations: [
    cancelResourceRequest,
    createResource,
    deleteResource,
    getResource,
    getResourceRequestStatus,
    listResourceRequests,
    listResources,
    updateResource,
  ],
  create(platform) {
    const { store, clock, ids, workflows } = platform;
    const requests = new Requests(store, clock, ids);
    const workflow = resourceRequestWorkflow(platform, requests);
    const never = new AbortController().signal;
    return {
      scope: {
        types: new ResourceTypes(platform),
        requests,
        async place(caller, { type, order, clientToken, asked }) {
          const { account, region } = caller;
          const placed = await requests.place(
            { caller, type, order },
            { token: clientToken, asked },
            (token) => workflows.order(workflow, token, { account, region, token }),
          );
          workflows.start(workflow, placed.token);
          return placed;
        },
        reading: (caller, type) => contextOf(platform, { caller, type, token: ids.uuid() }, never),
      },
      workflows: [workflow],
    };
  },
});
