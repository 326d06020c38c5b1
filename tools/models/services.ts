import type { ProtocolName } from '../../src/models/model.ts';

/** Where a service's model comes from. */
export interface ServiceSource {
  /** The AWS CLI's name for the service, which is botocore's too: names folder, model and command. */
  readonly name: string;
  /** The npm package with the service's runtime schemas and types. */
  readonly client: string;
  /** Protocols that real clients call it in, beside the one of the JS SDK. */
  readonly protocols?: readonly ProtocolName[];
  /** REST-XML operations whose output's only member is the answer's root element. */
  readonly unwrappedOutputs?: readonly string[];
}

/** All modelled services. Adding one is one line here and its client in package.json. */
export const services: readonly ServiceSource[] = [
  { name: 'apigatewayv2', client: '@aws-sdk/client-apigatewayv2' },
  { name: 'autoscaling', client: '@aws-sdk/client-auto-scaling' },
  { name: 'cloudcontrol', client: '@aws-sdk/client-cloudcontrol' },
  { name: 'cloudformation', client: '@aws-sdk/client-cloudformation' },
  { name: 'cloudwatch', client: '@aws-sdk/client-cloudwatch', protocols: ['cbor', 'aws-query'] },
  { name: 'dynamodb', client: '@aws-sdk/client-dynamodb', protocols: ['cbor'] },
  { name: 'dynamodbstreams', client: '@aws-sdk/client-dynamodb-streams' },
  { name: 'ec2', client: '@aws-sdk/client-ec2' },
  { name: 'ec2-instance-connect', client: '@aws-sdk/client-ec2-instance-connect' },
  { name: 'ecr', client: '@aws-sdk/client-ecr' },
  { name: 'elbv2', client: '@aws-sdk/client-elastic-load-balancing-v2' },
  { name: 'events', client: '@aws-sdk/client-eventbridge' },
  { name: 'iam', client: '@aws-sdk/client-iam' },
  { name: 'kms', client: '@aws-sdk/client-kms' },
  { name: 'lambda', client: '@aws-sdk/client-lambda' },
  { name: 'logs', client: '@aws-sdk/client-cloudwatch-logs' },
  { name: 'route53', client: '@aws-sdk/client-route-53' },
  { name: 's3', client: '@aws-sdk/client-s3', unwrappedOutputs: ['GetBucketLocation'] },
  { name: 'secretsmanager', client: '@aws-sdk/client-secrets-manager' },
  { name: 'sns', client: '@aws-sdk/client-sns' },
  { name: 'sqs', client: '@aws-sdk/client-sqs', protocols: ['aws-query'] },
  { name: 'ssm', client: '@aws-sdk/client-ssm' },
  { name: 'sts', client: '@aws-sdk/client-sts' },
];
