import type { Call, Fields } from '../gateway/protocols/protocol.ts';
import type { Configuration } from './configuration.ts';
import { decodeAnswer, type Answer } from './wire/decode.ts';
import { encodeRequest } from './wire/encode.ts';
import { send, type SendOptions } from './wire/send.ts';
import { serviceError } from './wire/service-error.ts';
import { signedHeaders } from './wire/sign.ts';

/** What a call came to. */
export interface CallResult {
  readonly output: Fields;
  readonly answer: Answer;
}

/** Calls operations as any other client does: signed, over HTTP. */
export class Client {
  readonly #configuration: Configuration;
  readonly #options: SendOptions;
  readonly #trace: (line: string) => void;

  /** @param trace is told of every request and answer */
  constructor(
    configuration: Configuration,
    options: SendOptions,
    trace: (line: string) => void = () => {},
  ) {
    this.#configuration = configuration;
    this.#options = options;
    this.#trace = trace;
  }

  /** @param input has the model's types @throws ServiceError for what the service refuses */
  async call(call: Call, input: Fields): Promise<CallResult> {
    const { endpoint, region, identity } = this.#configuration;
    const unsigned = encodeRequest(call, input);
    const path = endpoint.pathname.replace(/\/$/, '') + unsigned.path;
    const request = { ...unsigned, path };
    const pathAndQuery = request.query === '' ? path : `${path}?${request.query}`;
    const target = { host: endpoint.host, region, service: call.model.signingName };
    const headers = identity
      ? signedHeaders(request, target, identity, Date.now())
      : { ...request.headers, host: endpoint.host };
    this.#trace(`${request.method} ${endpoint.origin}${pathAndQuery}`);
    this.#traceMessage('>', { headers, body: request.body });
    const answer = await send(
      { ...request, url: endpoint, path: pathAndQuery, headers },
      this.#options,
    );
    this.#trace(`HTTP ${answer.status}`);
    this.#traceMessage('<', answer);
    if (answer.status >= 300) throw serviceError(call, answer);
    return { output: decodeAnswer(call, answer), answer };
  }

  #traceMessage(mark: string, { headers, body }: Pick<Answer, 'headers' | 'body'>): void {
    for (const [name, value] of Object.entries(headers)) this.#trace(`${mark} ${name}: ${value}`);
    if (body.byteLength > 0) this.#trace(`${mark} ${Buffer.from(body).toString()}`);
  }
}
