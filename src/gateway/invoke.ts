import type { Caller } from '../kernel/caller.ts';
import { AwsError } from '../kernel/aws-error.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Registry } from '../kernel/registry.ts';
import { WireJson } from '../kernel/wire-json.ts';
import type { OperationRef } from '../models/ref.ts';
import { validateInput } from '../models/validate.ts';
import type { Activity } from './activity/activity.ts';

export interface InvokeParts {
  readonly registry: Registry;
  readonly ids: Ids;
  readonly activity: Activity;
}

/** The way of a call that a service makes for a caller: `Platform.invoke`. */
export async function invoke<Input, Output>(
  { registry, ids, activity }: InvokeParts,
  caller: Caller,
  operation: OperationRef<Input, Output>,
  input: Input,
): Promise<Output> {
  const { service, name } = operation;
  const requestId = ids.uuid();
  const seen = activity.begin({ requestId, service, operation: name });
  seen.caller = caller;
  seen.input = input;
  try {
    const serving = (seen.serving = registry.serve(operation, caller, requestId));
    if (!serving.wire) validateInput(operation, input as Record<string, unknown>);
    await serving.authorize(input);
    const output = (seen.output = await serving.handle(input));
    seen.answered(200);
    return (output instanceof WireJson ? output.parse() : output) as Output;
  } catch (error) {
    seen.refused(error instanceof AwsError ? error.status : 500, error);
    throw error;
  }
}
