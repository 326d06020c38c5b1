import assert from 'node:assert/strict';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { OperationModel, ProtocolName, ServiceModel } from '../../src/models/model.ts';
import type { ClientDeclarations } from './client-declarations.ts';
import type { ClientSchemas, OperationSchema, Traits } from './client-schemas.ts';
import type { Overlay } from './overlay.ts';
import type { ServiceSource } from './services.ts';
import { ShapeCollector } from './shape-collector.ts';

/** The model of a service: the client's schemas with what its declarations and the overlay add. */
export function buildModel(
  source: ServiceSource,
  client: ClientSchemas,
  declarations: ClientDeclarations,
  overlay: Overlay,
): ServiceModel {
  const protocols = [client.protocol, ...(source.protocols ?? [])];
  const shapes = new ShapeCollector(overlay, client.enums, protocols);
  const errorNames = new Set(client.errors.map((error) => error.getName()));
  const operations = client.operations.map((schema): [string, OperationModel] => {
    const thrown = declarations.operations.get(schema.name)?.throws ?? [];
    const errors = thrown.filter((name) => errorNames.has(name));
    return [
      schema.name,
      {
        ...('http' in schema.traits && { http: httpOf(schema) }),
        ...('endpoint' in schema.traits && { hostPrefix: (schema.traits.endpoint as [string])[0] }),
        ...(!schema.input.isUnitSchema() && { input: shapes.add(schema.input) }),
        ...(!schema.output.isUnitSchema() && { output: shapes.add(schema.output) }),
        ...(protocols.includes('aws-query') && { resultWrapper: `${schema.name}Result` }),
        ...(source.unwrappedOutputs?.includes(schema.name) && { unwrappedOutput: true }),
        ...(errors.length > 0 && { errors }),
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
