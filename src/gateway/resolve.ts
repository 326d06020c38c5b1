import { AwsError } from '../kernel/aws-error.ts';
import { loadModel, serviceHeaders } from '../models/load.ts';
import type { ProtocolName, ServiceHeader, ServiceModel } from '../models/model.ts';
import { credentialScope } from './credential-scope.ts';
import { bucketOfHost, serviceOfHost } from './host-names.ts';
import type { HttpRequest } from './http/message.ts';
import { protocols } from './protocols/by-name.ts';
import type { Call, Protocol } from './protocols/protocol.ts';
import { parametersOf } from './protocols/query-input.ts';
import { findRoute } from './protocols/rest-routes.ts';

/** A request whose operation is known. */
export interface Resolved extends Call {
  readonly protocol: Protocol;
  /** What to decode: as sent, except that S3's bucket has moved from the host into the path. */
  readonly request: HttpRequest;
}

/** A request for nothing that is modelled, with the answer that AWS gives in that protocol. */
export interface Unresolved {
  readonly protocol: Protocol;
  readonly model: ServiceModel;
  readonly error: AwsError;
}

/**
 * Finds out which operation of which service a request is for, and in which protocol. The request
 * decides, never the service alone: CloudWatch is called in three protocols.
 */
export function resolve(request: HttpRequest): Resolved | Unresolved {
  const target = request.headers['x-amz-target'];
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return resolveCbor(request);
  if (target !== undefined) return resolveJson(request, target);
  try {
    return resolveQuery(request) ?? resolveRest(request);
  } catch (error) {
    // Only the parsing of parameters throws here, before it is known whose they are.
    if (error instanceof AwsError)
      return { protocol: protocols['aws-query'], model: nobody, error };
    throw error;
  }
}

/** Stands in where no service is known, so that an error can be encoded all the same. */
const nobody: ServiceModel = {
  service: '',
  sdkId: '',
  signingName: '',
  endpointPrefix: '',
  apiVersion: '',
  protocols: [],
  xmlNamespace: 'http://webservices.amazon.com/AWSFault/2005-15-09',
  operations: {},
  shapes: {},
};

function resolved(
  header: ServiceHeader,
  name: string,
  protocol: Protocol,
  request: HttpRequest,
  unknown: () => AwsError,
): Resolved | Unresolved {
  const model = loadModel(header.service);
  const operation = Object.hasOwn(model.operations, name) ? model.operations[name] : undefined;
  return operation
    ? { model, name, operation, protocol, request }
    : { protocol, model, error: unknown() };
}

function unknownOperation(status: 400 | 404): AwsError {
  return new AwsError('UnknownOperationException', '', { status });
}

function resolveJson(request: HttpRequest, target: string): Resolved | Unresolved {
  const known = targets.get(target);
  if (known) return { protocol: jsonProtocol(request, known.spoken), request, ...known.call };
  const dot = target.lastIndexOf('.');
  const prefix = target.slice(0, dot);
  const name = target.slice(dot + 1);
  const header = serviceHeaders().find(({ targetPrefix }) => targetPrefix === prefix);
  const spoken = header?.protocols ?? [];
  const protocol = jsonProtocol(request, spoken);
  if (!header) return { protocol, model: nobody, error: unknownOperation(400) };
  const found = resolved(header, name, protocol, request, () => unknownOperation(400));
  if ('operation' in found) {
    const { model, operation } = found;
    // A copy, as a part of a request's text would keep all of that in memory.
    const own = Buffer.from(target).toString();
    targets.set(own, { call: { model, name: own.slice(dot + 1), operation }, spoken });
  }
  return found;
}

/** Targets that were found before: no more than there are operations. */
const targets = new Map<
  string,
  { readonly call: Call; readonly spoken: readonly ProtocolName[] }
>();

/** The version that the client speaks; where it does not say, the service's own. */
function jsonProtocol({ headers }: HttpRequest, spoken: readonly ProtocolName[]): Protocol {
  if (headers['content-type'] === 'application/x-amz-json-1.0') return protocols['aws-json-1.0'];
  const version = /^application\/x-amz-json-(1\.[01])\b/.exec(headers['content-type'] ?? '')?.[1];
  if (version === '1.0') return protocols['aws-json-1.0'];
  if (version === '1.1') return protocols['aws-json-1.1'];
  return protocols[spoken.includes('aws-json-1.1') ? 'aws-json-1.1' : 'aws-json-1.0'];
}

const cborPath = /^\/service\/(?:[^/]*\.)?([^/.]+)\/operation\/([^/]+)$/;

function resolveCbor(request: HttpRequest): Resolved | Unresolved {
  const protocol = protocols.cbor;
  const [, service, name] = cborPath.exec(request.path) ?? [];
  const header = serviceHeaders().find(
    ({ cborServiceName }) => service !== undefined && cborServiceName === service,
  );
  if (!header || request.method !== 'POST' || name === undefined) {
    return { protocol, model: nobody, error: unknownOperation(404) };
  }
  return resolved(header, name, protocol, request, () => unknownOperation(404));
}

const queryProtocols: readonly ProtocolName[] = ['aws-query', 'ec2-query'];

/** @returns undefined for a request that is in none of the query protocols */
function resolveQuery(request: HttpRequest): Resolved | Unresolved | undefined {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(
    request.headers['content-type'] ?? '',
  );
  if (!isForm && !/(?:^|&)Action=/.test(request.query)) return undefined;
  const known = serviceKnown(request);
  if (known && !known.some(speaksQuery)) return undefined;
  const parameters = new Map(parametersOf(isForm ? request : { ...request, body: noBytes }));
  const action = parameters.get('Action');
  if (action === undefined && !known && request.path !== '/') return undefined;
  const version = parameters.get('Version');
  const header = chooseQueryService(known, version, action ?? '');
  const isEc2 = header?.protocols.includes('ec2-query') ?? false;
  const protocol = protocols[isEc2 ? 'ec2-query' : 'aws-query'];
  const unknown = (): AwsError => unknownAction(action, version, isEc2);
  if (!header) return { protocol, model: nobody, error: unknown() };
  return resolved(header, action ?? '', protocol, request, unknown);
}

const noBytes = new Uint8Array();

function speaksQuery({ protocols: spoken }: ServiceHeader): boolean {
  return spoken.some((name) => queryProtocols.includes(name));
}

/** Several services may share a version, and unsigned requests name none: then the action decides. */
function chooseQueryService(
  known: readonly ServiceHeader[] | undefined,
  version: string | undefined,
  action: string,
): ServiceHeader | undefined {
  const candidates = (known ?? serviceHeaders()).filter(speaksQuery);
  const inVersion = candidates.filter(({ apiVersion }) => apiVersion === version);
  const likely = inVersion.length > 0 || !known ? inVersion : candidates;
  if (likely.length < 2) return likely[0];
  return likely.find(({ service }) => Object.hasOwn(loadModel(service).operations, action));
}

function unknownAction(
  action: string | undefined,
  version: string | undefined,
  isEc2: boolean,
): AwsError {
  if (action === undefined) {
    return new AwsError('MissingAction', 'The request must contain the parameter Action.');
  }
  if (isEc2) {
    return new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`);
  }
  return new AwsError(
    'InvalidAction',
    `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
  );
}

/** The services that the signature's scope, else the host name, can mean; undefined where neither says. */
function serviceKnown(request: HttpRequest): readonly ServiceHeader[] | undefined {
  const scope = credentialScope(request);
  if (scope) {
    return serviceHeaders().filter(({ signingName }) => signingName === scope.service);
  }
  const hosted = serviceOfHost(request.headers['host'], serviceHeaders());
  return hosted && [hosted];
}

const restProtocols: readonly ProtocolName[] = ['rest-json', 'rest-xml'];

function resolveRest(request: HttpRequest): Resolved | Unresolved {
  const known = serviceKnown(request);
  const candidates = known ?? serviceHeaders();
  for (const header of candidates) {
    const name = restProtocolOf(header);
    if (!name || header.service === 's3') continue;
    const model = loadModel(header.service);
    const route = findRoute(model, request);
    if (route) return { ...route, model, protocol: protocols[name], request };
  }
  const s3 = candidates.find(({ service }) => service === 's3');
  if (s3) return resolveS3(s3, request);
  const [header] = candidates;
  const protocol = protocols[header?.protocols[0] ?? 'rest-json'];
  const status = header && !restProtocolOf(header) ? 400 : 404;
  const model = header ? loadModel(header.service) : nobody;
  return { protocol, model, error: unknownOperation(status) };
}

function restProtocolOf({ protocols: spoken }: ServiceHeader): ProtocolName | undefined {
  return spoken.find((name) => restProtocols.includes(name));
}

/** S3 takes every path, so whatever no other service wants is S3's. */
function resolveS3(header: ServiceHeader, sent: HttpRequest): Resolved | Unresolved {
  const model = loadModel(header.service);
  const protocol = protocols['rest-xml'];
  const bucket = bucketOfHost(sent.headers['host']);
  const request = bucket === undefined ? sent : { ...sent, path: `/${bucket}${sent.path}` };
  const route = findRoute(model, request);
  if (route) return { ...route, model, protocol, request };
  const message = 'The specified method is not allowed against this resource.';
  return { protocol, model, error: new AwsError('MethodNotAllowed', message, { status: 405 }) };
}
