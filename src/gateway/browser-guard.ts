import { isIP } from 'node:net';
import type { HttpRequest, HttpResponse } from './http/message.ts';

/**
 * Turns away what a web page of another origin sends through its reader's browser: on loopback the
 * keys are well known, so a signature alone does not tell a page from a person. A Host that is not
 * this machine's means a name that was pointed here (DNS rebinding).
 *
 * @returns the refusal, or undefined where the request may pass
 */
export function refuseForeignPages({ headers }: HttpRequest): HttpResponse | undefined {
  const host = headers['host'] ?? '';
  const origin = headers['origin'];
  if (host !== lastOfOurs) {
    if (!isOurs(hostName(host))) return refusal(`Host ${host} is not a name of this machine`);
    lastOfOurs = host;
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return refusal(`Origin ${origin} is not this server's`);
  }
  if (origin === undefined && headers['sec-fetch-site'] === 'cross-site') {
    return refusal('the page that sends this is of another site');
  }
  return undefined;
}

/** The Host that was found to be ours last: a client keeps to the one it was given. */
let lastOfOurs: string | undefined;

/**
 * Any address, as only a name can be pointed elsewhere (guests call us by their router's); names
 * that resolve to loopback by themselves or are used so by other emulators; and AWS's, which
 * clients map here. No page comes without a Host.
 */
function isOurs(name: string): boolean {
  return (
    name === '' ||
    isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 ||
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name.endsWith('.amazonaws.com') ||
    name.endsWith('.api.aws') ||
    /(^|\.)localhost\.localstack\.cloud$/.test(name)
  );
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function refusal(reason: string): HttpResponse {
  return {
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify({ code: 'AccessDenied', message: `Refused: ${reason}.` })}\n`,
  };
}
