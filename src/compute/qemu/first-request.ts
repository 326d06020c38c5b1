import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MachineId } from '../driver.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';

/** What answers the metadata service's requests of a machine. */
export type MetadataHandler = Pick<MetadataService, 'handle'>;

/** The metadata service of one machine, which tells when the guest has first asked for something. */
export class FirstRequest implements MetadataHandler {
  /** Resolves when the guest has asked, and has its answer. */
  readonly answered: Promise<void>;
  readonly #metadata: MetadataHandler;
  #answer!: () => void;
  #held: boolean;

  /** @param held puts the guest off with a 503, upon which it asks again, until `release` */
  constructor(metadata: MetadataHandler, { held }: { readonly held: boolean }) {
    this.#metadata = metadata;
    this.#held = held;
    this.answered = new Promise((resolve) => (this.#answer = resolve));
  }

  release(): void {
    this.#held = false;
  }

  async handle(
    machine: MachineId,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    response.once('close', () => this.#answer());
    if (!this.#held) return await this.#metadata.handle(machine, request, response);
    response.writeHead(503, { connection: 'close', 'content-length': 0 }).end();
  }
}
