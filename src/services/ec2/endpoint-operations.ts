import type { AnyOperation } from '../../kernel/operation.ts';
import { createInstanceConnectEndpoint } from './operations/create-instance-connect-endpoint.ts';
import { createVpcEndpoint } from './operations/create-vpc-endpoint.ts';
import { deleteInstanceConnectEndpoint } from './operations/delete-instance-connect-endpoint.ts';
import { deleteVpcEndpoints } from './operations/delete-vpc-endpoints.ts';
import { describePrefixLists } from './operations/describe-prefix-lists.ts';
import { describeInstanceConnectEndpoints } from './operations/describe-instance-connect-endpoints.ts';
import { describeVpcEndpointServices } from './operations/describe-vpc-endpoint-services.ts';
import { describeVpcEndpoints } from './operations/describe-vpc-endpoints.ts';
import { modifyInstanceConnectEndpoint } from './operations/modify-instance-connect-endpoint.ts';
import { modifyVpcEndpoint } from './operations/modify-vpc-endpoint.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of ways from a VPC to AWS's services, and of those into it by EC2 Instance Connect. */
export const endpointOperations: readonly AnyOperation<Ec2Scope>[] = [
  createInstanceConnectEndpoint,
  createVpcEndpoint,
  deleteInstanceConnectEndpoint,
  deleteVpcEndpoints,
  describePrefixLists,
  describeInstanceConnectEndpoints,
  describeVpcEndpointServices,
  describeVpcEndpoints,
  modifyInstanceConnectEndpoint,
  modifyVpcEndpoint,
];
