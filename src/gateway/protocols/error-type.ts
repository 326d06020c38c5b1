import type { ServiceModel } from '../../models/model.ts';
import { modelledError } from './error-shape.ts';

/** Namespaces in front of `__type`, by service; the others send the bare name. */
const namespaces: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810',
  dynamodbstreams: 'com.amazonaws.dynamodb.v20120810',
  sqs: 'com.amazonaws.sqs',
  cloudwatch: 'com.amazonaws.cloudwatch',
};

/** Errors of AWS's framework rather than a service's, as DynamoDB's answers name them. */
const framework: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  AccessDeniedException: 'com.amazon.coral.service',
  UnrecognizedClientException: 'com.amazon.coral.service',
  MissingAuthenticationTokenException: 'com.amazon.coral.service',
  IncompleteSignatureException: 'com.amazon.coral.service',
  InvalidSignatureException: 'com.amazon.coral.service',
  InternalFailure: 'com.amazon.coral.service',
};

/** What `__type` says of an error: its shape's name, behind the service's namespace if it sends one. */
export function errorType(model: ServiceModel, code: string): string {
  const namespace = namespaces[model.service];
  const modelled = modelledError(model, code);
  const name = modelled?.name ?? code;
  if (namespace === undefined) return name;
  return `${(modelled ? undefined : framework[code]) ?? namespace}#${name}`;
}
