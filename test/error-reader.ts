import { decode } from 'cborg';
import type { HttpResponse } from '../src/gateway/http/message.ts';

/** The error that an answer carries, for tests: whichever protocol it is in. */
export function errorIn({ headers, body }: HttpResponse): { code: string; message: string } {
  const type = headers['content-type'] ?? '';
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  if (type.includes('xml')) {
    return { code: between(text, 'Code'), message: between(text, 'Message') };
  }
  const fields = (
    type === 'application/cbor' ? decode(body as Uint8Array) : JSON.parse(text)
  ) as Record<string, string | undefined>;
  const code = headers['x-amzn-errortype'] ?? fields['__type'] ?? '';
  return {
    code: code.slice(code.indexOf('#') + 1),
    message: fields['message'] ?? fields['Message'] ?? '',
  };
}

function between(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '';
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
