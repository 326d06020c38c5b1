import { AwsError } from '../../../kernel/aws-error.ts';
import { handlerErrorCode } from '../../../kernel/handler-error-code.ts';
import { InvalidProperties } from '../domain/schemas.ts';

/**
 * Why something failed, as an event's reason words it.
 *
 * @param type the resource's type, which tells whose operation refused
 * @param token of the change that failed, where one had begun
 */
export function reasonOf(error: unknown, type: string, token: string | undefined): string {
  if (!isRefusal(error)) return 'Internal Failure';
  if (error instanceof InvalidProperties) return error.message;
  if (token === undefined) return error.message;
  const service = sdkName(type.split('::')[1] ?? type);
  const text = `${error.message || error.code} (Service: ${service}, Status Code: ${error.status})`;
  return `Resource handler returned message: "${text}" (RequestToken: ${token}, HandlerErrorCode: ${handlerErrorCode(error)})`;
}

/** A service as AWS's SDK for Java writes it, which most handlers use: `DynamoDb`, `Ec2`. */
function sdkName(namespace: string): string {
  return namespace.replace(
    /([A-Z])([A-Z]+)(?![a-z])/g,
    (_, first: string, rest: string) => first + rest.toLowerCase(),
  );
}

/** Whether it is what a template or a service may answer, and not a fault of ours. */
export function isRefusal(error: unknown): error is AwsError | InvalidProperties {
  return error instanceof AwsError || error instanceof InvalidProperties;
}
