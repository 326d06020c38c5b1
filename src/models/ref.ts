/** The name of a modelled operation, carrying its input and output types for its handler. */
export interface OperationRef<Input, Output> {
  /** The service's folder name, e.g. `dynamodb`. */
  readonly service: string;
  /** e.g. `PutItem` */
  readonly name: string;
  /** Never set: it only carries the types. */
  readonly types?: (input: Input) => Output;
}

/** Used by the generated files `generated/<service>.ts`. `$metadata` is the SDK's own addition. */
export function ref<Input, Output>(
  service: string,
  name: string,
): OperationRef<Input, Omit<Output, '$metadata'>> {
  return { service, name };
}
