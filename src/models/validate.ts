import { AwsError } from '../kernel/aws-error.ts';
import { constraintsOf, type Constraint } from './constraints.ts';
import { loadModel } from './load.ts';
import type { OperationRef } from './ref.ts';
import { ec2ParameterName } from './ec2-parameter.ts';
import type { OperationModel, ProtocolName, ServiceModel, Shape } from './model.ts';
import { ViolationFinder, type Violation } from './violations.ts';

/**
 * Checks a decoded input against its model: required members, lengths, ranges, patterns, enums.
 *
 * @param protocol the one of the request: the error's code depends on it
 * @throws AwsError in the service's own words: `ValidationException`, `ValidationError`,
 *   `MissingParameter`, `InvalidParameterValue`, …
 */
export function validate(
  { model, operation }: { readonly model: ServiceModel; readonly operation: OperationModel },
  protocol: ProtocolName,
  input: Readonly<Record<string, unknown>>,
): void {
  const shape = operation.input === undefined ? undefined : model.shapes[operation.input];
  if (shape?.type !== 'structure') return;
  const finder = new ViolationFinder(model);
  finder.structure(shape, input);
  if (finder.violations.length === 0) return;
  const error = wordingOf(model, protocol)(model, finder.violations, protocol);
  if (error) throw error;
}

/**
 * The same for an input that did not come over the wire, in the words of the service's first protocol.
 *
 * @throws AwsError as `validate` does
 */
export function validateInput(
  { service, name }: OperationRef<never, unknown>,
  input: Readonly<Record<string, unknown>>,
): void {
  const model = loadModel(service);
  const operation = model.operations[name];
  if (operation) validate({ model, operation }, model.protocols[0]!, input);
}

/** @returns undefined where the service would not mind, or finds better words itself */
type Wording = (
  model: ServiceModel,
  violations: readonly Violation[],
  protocol: ProtocolName,
) => AwsError | undefined;

function wordingOf(model: ServiceModel, protocol: ProtocolName): Wording {
  if (protocol === 'ec2-query') return ec2Wording;
  return model.service === 's3' ? s3Wording : commonWording;
}

/** Where it is not `ValidationException`, or `ValidationError` in the query protocol. */
const codes: Readonly<Record<string, string>> = {
  route53: 'InvalidInput',
  'ec2-instance-connect': 'InvalidArgsException',
  apigatewayv2: 'BadRequestException',
};

/** The words of the framework behind nearly all of AWS. */
const commonWording: Wording = (model, violations, protocol) => {
  const count = violations.length;
  const usual = protocol === 'aws-query' ? 'ValidationError' : 'ValidationException';
  return new AwsError(
    codes[model.service] ?? usual,
    `${count} validation error${count === 1 ? '' : 's'} detected: ` +
      violations.map((violation) => sentence(model, violation)).join('; '),
  );
};

function sentence(model: ServiceModel, violation: Violation): string {
  const { member, path, value } = violation;
  const quoted = value === undefined ? 'null ' : `'${textOf(value)}' `;
  return (
    `Value ${member.sensitive ? '' : quoted}at '${path}' failed to satisfy constraint: ` +
    demand(model, violation)
  );
}

function demand(model: ServiceModel, { of, member, constraint }: Violation): string {
  if (of === 'value') return phrase(constraint);
  const subject = { items: 'Member', keys: 'Map keys', values: 'Map value' }[of];
  return `${subject} must satisfy constraint: [${rulesOf(model.shapes[member.shape]!)}]`;
}

function rulesOf(shape: Shape): string {
  return constraintsOf(shape).map(phrase).join(', ');
}

function phrase(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'required':
      return 'Member must not be null';
    case 'maxLength':
      return `Member must have length less than or equal to ${constraint.limit}`;
    case 'minLength':
      return `Member must have length greater than or equal to ${constraint.limit}`;
    case 'maxValue':
      return `Member must have value less than or equal to ${constraint.limit}`;
    case 'minValue':
      return `Member must have value greater than or equal to ${constraint.limit}`;
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${constraint.pattern}`;
    default:
      return `Member must satisfy enum value set: [${constraint.values.join(', ')}]`;
  }
}

/** A value as Java prints it: `[a, b]`, `{k=v}`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (value instanceof Date) return value.toUTCString();
  if (ArrayBuffer.isView(value)) return 'java.nio.HeapByteBuffer';
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}=${textOf(inner)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/**
 * EC2 complains of one parameter at a time. Its lists and texts have limits that it words in many
 * ways, so those are left to the operations.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const ec2Wording: Wording = (_model, violations) => {
  for (const { key, member, value, constraint, of } of violations) {
    const parameter = ec2ParameterName(key, member);
    if (constraint.kind === 'required') {
      return new AwsError(
        'MissingParameter',
        `The request must contain the parameter ${parameter}`,
      );
    }
    const wrong = wrongEc2Value(parameter, value, constraint);
    if (wrong !== undefined && of === 'value') return new AwsError('InvalidParameterValue', wrong);
  }
  return undefined;
};

function wrongEc2Value(
  parameter: string,
  value: unknown,
  constraint: Constraint,
): string | undefined {
  const isInvalid = `Value ( ${textOf(value)} ) for parameter ${parameter} is invalid.`;
  switch (constraint.kind) {
    case 'minValue':
      return `${isInvalid} Expecting a value greater than or equal to ${constraint.limit}.`;
    case 'maxValue':
      return `${isInvalid} Expecting a value less than or equal to ${constraint.limit}.`;
    case 'enum':
      return `Invalid value '${textOf(value)}' for ${parameter}.`;
    default:
      return undefined;
  }
}

/**
 * S3 has no such framework. What is missing or not allowed in a document is bad XML, elsewhere a
 * bad argument.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
const s3Wording: Wording = (_model, violations) => {
  const found = violations.find(
    ({ constraint: { kind } }) => kind === 'required' || kind === 'enum',
  );
  if (!found) return undefined;
  if (found.path.includes('.') || !found.member.location) {
    return new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const name = found.member.name ?? found.key;
  return new AwsError(
    'InvalidArgument',
    `Argument ${name} is missing or not one of those allowed`,
    {
      members: { ArgumentName: name },
    },
  );
};
