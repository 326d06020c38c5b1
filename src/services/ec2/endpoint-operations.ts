import type { AnyOperation } from '../../kernel/operation.ts';
import { createVpcEndpoint } from './operations/create-vpc-endpoint.ts';
import { deleteVpcEndpoints } from './operations/delete-vpc-endpoints.ts';
import { describePrefixLists } from './operations/describe-prefix-lists.ts';
import { describeVpcEndpointServices } from './operations/describe-vpc-endpoint-services.ts';
import { describeVpcEndpoints } from './operations/describe-vpc-endpoints.ts';
import { modifyVpcEndpoint } from './operations/modify-vpc-endpoint.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of ways from a VPC to AWS's services. */
export const endpointOperations: readonly AnyOperation<Ec2Scope>[] = [
  createVpcEndpoint,
  deleteVpcEndpoints,
  describePrefixLists,
  describeVpcEndpointServices,
  describeVpcEndpoints,
  modifyVpcEndpoint,
];
