import type { AwsError } from '../../kernel/aws-error.ts';
import type { ErrorTraits, ServiceModel, StructureShape } from '../../models/model.ts';

/** How a service models an error. */
export interface ModelledError {
  readonly name: string;
  readonly shape: StructureShape;
  readonly traits: ErrorTraits;
}

/** The model of an error by its shape's name or by its public code; undefined where it has none. */
export function modelledError(model: ServiceModel, code: string): ModelledError | undefined {
  let known = errorsByModel.get(model);
  if (!known) {
    known = collectErrors(model);
    errorsByModel.set(model, known);
  }
  return known.get(code);
}

const errorsByModel = new WeakMap<ServiceModel, ReadonlyMap<string, ModelledError>>();

function collectErrors(model: ServiceModel): ReadonlyMap<string, ModelledError> {
  const known = new Map<string, ModelledError>();
  for (const [name, shape] of Object.entries(model.shapes)) {
    if (shape.type !== 'structure' || !shape.error) continue;
    const error = { name, shape, traits: shape.error };
    known.set(name, error);
    if (shape.error.code !== undefined && !known.has(shape.error.code)) {
      known.set(shape.error.code, error);
    }
  }
  return known;
}

/** The HTTP status: the error's own, else the model's where the error has just the usual 400. */
export function statusOf(error: AwsError, modelled: ModelledError | undefined): number {
  return error.status === 400 ? (modelled?.traits.status ?? 400) : error.status;
}

/** The name a member for the error's text goes by: `message`, `Message` or the one given. */
export function messageMember(modelled: ModelledError | undefined, otherwise: string): string {
  if (!modelled) return otherwise;
  const names = Object.keys(modelled.shape.members);
  return names.find((name) => name.toLowerCase() === 'message') ?? otherwise;
}

/** The error's modelled members beside its text. */
export function errorFields(
  error: AwsError,
  modelled: ModelledError | undefined,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(modelled?.shape.members ?? {})) {
    if (name.toLowerCase() === 'message') continue;
    if (error.members[name] !== undefined) fields[name] = error.members[name];
  }
  return fields;
}
