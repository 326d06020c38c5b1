import type { TemplateFunction } from './functions/function.ts';
import { base64 } from './functions/base64.ts';
import { cidr } from './functions/cidr.ts';
import { findInMap } from './functions/find-in-map.ts';
import { getAtt } from './functions/get-att.ts';
import { getAZs } from './functions/get-azs.ts';
import { choose } from './functions/if.ts';
import { importValue } from './functions/import-value.ts';
import { join } from './functions/join.ts';
import { length } from './functions/length.ts';
import { ref } from './functions/ref.ts';
import { select } from './functions/select.ts';
import { split } from './functions/split.ts';
import { sub } from './functions/sub.ts';
import { toJsonString } from './functions/to-json-string.ts';

/** Functions that give values. Those that give truth are in condition-functions.ts. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map([
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAZs', getAZs],
  ['Fn::GetAtt', getAtt],
  ['Fn::If', choose],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
  ['Ref', ref],
]);
