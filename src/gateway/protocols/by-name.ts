import type { ProtocolName } from '../../models/model.ts';
import { awsJson10, awsJson11 } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { cbor } from './cbor.ts';
import { ec2Query } from './ec2-query.ts';
import type { Protocol } from './protocol.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';

/** All that Alacarte speaks. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  'aws-json-1.0': awsJson10,
  'aws-json-1.1': awsJson11,
  'aws-query': awsQuery,
  'ec2-query': ec2Query,
  'rest-json': restJson,
  'rest-xml': restXml,
  cbor,
};
