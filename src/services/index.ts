import type { AnyService } from '../kernel/service.ts';
import { cloudcontrol } from './cloudcontrol/service.ts';
import { cloudformation } from './cloudformation/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { dynamodbstreams } from './dynamodbstreams/service.ts';
import { ec2 } from './ec2/service.ts';
import { ec2InstanceConnect } from './ec2-instance-connect/service.ts';
import { ssm } from './ssm/service.ts';
import { sts } from './sts/service.ts';

/** Everything that is built, one line a service. */
export const services: readonly AnyService[] = [
  cloudcontrol,
  cloudformation,
  dynamodb,
  dynamodbstreams,
  ec2,
  ec2InstanceConnect,
  ssm,
  sts,
];
