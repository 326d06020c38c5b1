import { service } from '../../kernel/service.ts';
import { Fulfilment } from './domain/fulfilment.ts';
import { Requests } from './domain/requests.ts';
import { Resources } from './domain/resources.ts';
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
    const resources = new Resources(platform);
    const requests = new Requests(platform);
    const fulfilment = new Fulfilment({ resources, requests, log: platform.log });
    return { scope: { resources, requests }, workflows: [fulfilment.workflow] };
  },
});
