import * as endpointErrors from '../../endpoint-errors.ts';

/** @throws InvalidPolicyDocument for what is no JSON object with statements */
export function checkPolicy(document: string): string {
  let policy: unknown;
  try {
    policy = JSON.parse(document);
  } catch {
    throw endpointErrors.invalidPolicy();
  }
  if (!policy || typeof policy !== 'object' || !('Statement' in policy)) {
    throw endpointErrors.invalidPolicy();
  }
  return document;
}
