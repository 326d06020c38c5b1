import { NormalizedSchema } from '@smithy/core/schema';
import type { ProtocolName } from '../../src/models/model.ts';

/** What an SDK client's package says of its service. */
export interface ClientSchemas {
  readonly sdkId: string;
  readonly signingName: string;
  readonly apiVersion: string;
  readonly protocol: ProtocolName;
  readonly target: string;
  readonly xmlNamespace?: string;
  readonly awsQueryCompatible: boolean;
  readonly operations: readonly OperationSchema[];
  readonly errors: readonly NormalizedSchema[];
  /** The values of enumerations by shape. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

export interface OperationSchema {
  readonly name: string;
  readonly traits: Traits;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** Traits as the SDK keeps them: flags are 1, others have their value. */
export type Traits = Readonly<Record<string, unknown>>;

/** The SDK's static schemas are arrays that begin with what they describe. */
const OPERATION = 9;
const ERROR = -3;

const protocolNames: Readonly<Record<string, ProtocolName>> = {
  'aws.protocols#awsJson1_0': 'aws-json-1.0',
  'aws.protocols#awsJson1_1': 'aws-json-1.1',
  'aws.protocols#awsQuery': 'aws-query',
  'aws.protocols#ec2Query': 'ec2-query',
  'aws.protocols#restJson1': 'rest-json',
  'aws.protocols#restXml': 'rest-xml',
  'smithy.protocols#rpcv2Cbor': 'cbor',
};

type StaticSchema = readonly [number, string, string, ...unknown[]];

interface Client {
  readonly config: {
    readonly serviceId: string;
    readonly defaultSigningName: string;
    readonly protocol: { getShapeId(): string };
    readonly protocolSettings: {
      readonly version: string;
      readonly serviceTarget: string;
      readonly xmlNamespace?: string;
      readonly awsQueryCompatible?: boolean;
    };
  };
  destroy(): void;
}

/** Loads a client's package and reads its runtime schemas. */
export async function clientSchemas(packageName: string): Promise<ClientSchemas> {
  const exported = (await import(packageName)) as Record<string, unknown>;
  const client = newClient(exported);
  const { config } = client;
  client.destroy();
  const protocol = protocolNames[config.protocol.getShapeId()];
  if (!protocol) throw new Error(`${packageName}: unknown ${config.protocol.getShapeId()}`);
  const schemas = Object.values(exported).filter(isStaticSchema);
  return {
    sdkId: config.serviceId,
    signingName: config.defaultSigningName,
    apiVersion: config.protocolSettings.version,
    protocol,
    target: config.protocolSettings.serviceTarget,
    xmlNamespace: config.protocolSettings.xmlNamespace,
    awsQueryCompatible: config.protocolSettings.awsQueryCompatible === true,
    operations: schemas
      .filter(([kind]) => kind === OPERATION)
      .map(operationSchema)
      .toSorted(byName),
    errors: schemas
      .filter(([kind]) => kind === ERROR)
      .map((schema) => NormalizedSchema.of(schema as never)),
    enums: new Map(Object.entries(exported).flatMap(enumOf)),
  };
}

function newClient(exported: Record<string, unknown>): Client {
  const name = Object.keys(exported).find((key) => key.endsWith('Client') && !key.startsWith('__'));
  const Constructor = exported[name!] as new (options: { region: string }) => Client;
  return new Constructor({ region: 'us-east-1' });
}

function isStaticSchema(value: unknown): value is StaticSchema {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string';
}

/** An enumeration is exported as an object of its names and values. */
function enumOf([name, value]: [string, unknown]): [string, string[]][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const values: unknown[] = Object.values(value);
  const isEnum = values.length > 0 && values.every((item) => typeof item === 'string');
  return isEnum ? [[name, values]] : [];
}

function operationSchema(schema: StaticSchema): OperationSchema {
  return {
    name: schema[2],
    traits: NormalizedSchema.of(schema as never).getOwnTraits(),
    input: NormalizedSchema.of(schema[4] as never),
    output: NormalizedSchema.of(schema[5] as never),
  };
}

function byName(a: OperationSchema, b: OperationSchema): number {
  return a.name < b.name ? -1 : 1;
}
