import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { NormalizedSchema } from '@smithy/core/schema';
import type {
  ErrorTraits,
  OperationModel,
  ProtocolName,
  ServiceModel,
  Shape,
  StructureShape,
} from '../../src/models/model.ts';
import type { ClientSchemas, OperationSchema, Traits } from './client-schemas.ts';
import { memberOf } from './member-traits.ts';
import type { Overlay } from './overlay.ts';
import type { ServiceSource } from './services.ts';
import { simpleShape } from './simple-shapes.ts';

/** The model of a service: the client's schemas with what the overlay adds. */
export function buildModel(
  source: ServiceSource,
  client: ClientSchemas,
  overlay: Overlay,
): ServiceModel {
  const protocols = [client.protocol, ...(source.protocols ?? [])];
  const shapes = new ShapeCollector(overlay, protocols.includes('aws-query'));
  const operations = client.operations.map((schema): [string, OperationModel] => {
    const errors = overlay.errors[schema.name];
    return [
      schema.name,
      {
        ...('http' in schema.traits && { http: httpOf(schema) }),
        ...('endpoint' in schema.traits && { hostPrefix: (schema.traits.endpoint as [string])[0] }),
        ...(!schema.input.isUnitSchema() && { input: shapes.add(schema.input) }),
        ...(!schema.output.isUnitSchema() && { output: shapes.add(schema.output) }),
        ...(protocols.includes('aws-query') && { resultWrapper: `${schema.name}Result` }),
        ...(source.unwrappedOutputs?.includes(schema.name) && { unwrappedOutput: true }),
        ...(errors && { errors }),
      },
    ];
  });
  for (const error of client.errors) shapes.add(error);
  return {
    service: source.name,
    sdkId: client.sdkId,
    signingName: client.signingName,
    endpointPrefix: overlay.endpointPrefix,
    apiVersion: client.apiVersion,
    protocols,
    ...(protocols.some(isJsonRpc) && { targetPrefix: client.target }),
    ...(protocols.includes('cbor') && { cborServiceName: client.target }),
    ...(client.xmlNamespace && { xmlNamespace: client.xmlNamespace }),
    ...(client.awsQueryCompatible && { awsQueryCompatible: true }),
    operations: Object.fromEntries(operations),
    shapes: shapes.sorted(),
  };
}

function isJsonRpc(protocol: ProtocolName): boolean {
  return protocol === 'aws-json-1.0' || protocol === 'aws-json-1.1';
}

/**
 * S3's paths are modelled without the bucket, which clients may put into the host name; here it is
 * always in the path, where the gateway moves it to.
 */
function httpOf({ traits, input }: OperationSchema): NonNullable<OperationModel['http']> {
  const [method, uri, code] = traits.http as [string, string, number];
  const missing = labelsOf(input).filter(
    (label) => !uri.includes(`{${label}}`) && !uri.includes(`{${label}+}`),
  );
  if (missing.length === 0) return { method, uri, code };
  assert.deepEqual(missing, ['Bucket']);
  return { method, uri: `/{Bucket}${uri.replace(/^\/(?=$|\?)/, '')}`, code };
}

function labelsOf(input: NormalizedSchema): string[] {
  return [...input.structIterator()]
    .filter(([, member]) => (member.getMergedTraits() as Traits).httpLabel)
    .map(([name]) => name);
}

/** The shapes that operations and errors reach, each under its own name. */
class ShapeCollector {
  readonly #overlay: Overlay;
  readonly #isQuery: boolean;
  readonly #shapes = new Map<string, Shape>();

  constructor(overlay: Overlay, isQuery: boolean) {
    this.#overlay = overlay;
    this.#isQuery = isQuery;
  }

  sorted(): Record<string, Shape> {
    return Object.fromEntries([...this.#shapes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * Adds a shape with all that it refers to.
   * @param known the overlay's name for it, where the place of use has one
   * @returns its name
   */
  add(schema: NormalizedSchema, known?: string): string {
    if (schema.isStructSchema()) return this.#addStructure(schema);
    if (schema.isListSchema() || schema.isMapSchema()) return this.#addCollection(schema, known);
    const shape = simpleShape(
      schema,
      known === undefined ? undefined : this.#overlay.shapes[known],
    );
    return this.#put(shape.name ?? known!, shape.shape);
  }

  #addStructure(schema: NormalizedSchema): string {
    const name = schema.getName()!;
    if (this.#shapes.has(name)) return name;
    const members: Record<string, StructureShape['members'][string]> = {};
    const shape: StructureShape = {
      type: schema.isUnionSchema() ? 'union' : 'structure',
      ...structureTraits(schema, this.#isQuery),
      members,
    };
    this.#shapes.set(name, shape);
    for (const [member, target] of schema.structIterator()) {
      members[member] = memberOf(this.add(target, this.#overlay.members[name]?.[member]), target);
    }
    return name;
  }

  #addCollection(schema: NormalizedSchema, known: string | undefined): string {
    const modelled = staticName(schema) ?? known;
    const overlaid = modelled === undefined ? undefined : this.#overlay.shapes[modelled];
    const value = schema.getValueSchema();
    if (schema.isListSchema()) {
      const list = overlaid?.type === 'list' ? overlaid : undefined;
      const member = memberOf(this.add(value, list?.member.shape), value);
      const name = modelled ?? `list-of-${member.shape}`;
      return this.#put(name, { type: 'list', member, ...bounds(list) });
    }
    const map = overlaid?.type === 'map' ? overlaid : undefined;
    const key = memberOf(this.add(schema.getKeySchema(), map?.key.shape), schema.getKeySchema());
    const item = memberOf(this.add(value, map?.value.shape), value);
    const name = modelled ?? `map-of-${item.shape}`;
    return this.#put(name, { type: 'map', key, value: item, ...bounds(map) });
  }

  #put(name: string, shape: Shape): string {
    const present = this.#shapes.get(name);
    assert(!present || isDeepStrictEqual(present, shape), `two different shapes named ${name}`);
    this.#shapes.set(name, shape);
    return name;
  }
}

function structureTraits(schema: NormalizedSchema, isQuery: boolean): Partial<StructureShape> {
  const traits = schema.getOwnTraits() as Traits;
  const [, , , , names, , requiredCount = 0] = schema.getSchema() as unknown as [
    number,
    string,
    string,
    unknown,
    readonly string[],
    unknown,
    number?,
  ];
  return {
    ...(requiredCount > 0 && { required: names.slice(0, requiredCount) }),
    ...('error' in traits && { error: errorTraits(traits, isQuery) }),
    ...('xmlName' in traits && { xmlName: traits.xmlName as string }),
  };
}

function errorTraits(traits: Traits, isQuery: boolean): ErrorTraits {
  const [code, queryStatus] = ((isQuery && traits.awsQueryError) || []) as [string?, number?];
  const status = (traits.httpError as number | undefined) ?? queryStatus;
  return {
    ...(code && { code }),
    ...(status && { status }),
    fault: traits.error as ErrorTraits['fault'],
  };
}

/** A list's or map's modelled name; those of plain strings and blobs have none in the schemas. */
function staticName(schema: NormalizedSchema): string | undefined {
  const definition: unknown = schema.getSchema();
  return Array.isArray(definition) ? (definition[2] as string) : undefined;
}

function bounds(shape: { min?: number; max?: number } | undefined): { min?: number; max?: number } {
  return {
    ...(shape?.min !== undefined && { min: shape.min }),
    ...(shape?.max !== undefined && { max: shape.max }),
  };
}
