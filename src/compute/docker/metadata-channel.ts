import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createInterface } from 'node:readline';
import { Duplex, PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../package-root.ts';
import type { MachineSpec } from '../driver.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import type { Engine } from './engine.ts';

/** It lies beside the sources, also when this runs out of `dist/`. */
const script = fileURLToPath(new URL('src/compute/docker/scripts/metadata', packageRoot));
/** A line with this much in base64 is written to a pipe whole. */
const CHUNK_BYTES = 2_048;

export interface ChannelParts {
  readonly engine: Engine;
  readonly container: string;
  readonly spec: MachineSpec;
  readonly metadata: Pick<MetadataService, 'handle'>;
  /** Makes the machine end when this process does. */
  readonly withServer: boolean;
}

/**
 * The metadata service as one container has it. Nothing but the engine is needed for it, and no port
 * of the host: a listener inside hands every connection to the standard output of a program that the
 * engine runs there. Whose stream it is says who asks.
 */
export class MetadataChannel {
  /** Resolves when the listener inside has gone. */
  readonly ended: Promise<void>;
  readonly #stream: Duplex;
  readonly #http: Server;
  readonly #connections = new Map<string, Connection>();

  private constructor(stream: Duplex, http: Server) {
    this.#stream = stream;
    this.#http = http;
    stream.on('error', () => undefined);
    const lines = createInterface({ input: standardOutput(stream) });
    lines.on('line', (line) => this.#take(line));
    this.ended = new Promise((resolve) => {
      stream.once('close', () => {
        for (const connection of this.#connections.values()) connection.destroy();
        resolve();
      });
    });
  }

  static async open(parts: ChannelParts): Promise<MetadataChannel> {
    const { engine, container, spec, metadata, withServer } = parts;
    const ends = withServer ? 'yes' : 'no';
    const { Id } = await engine.call<{ Id: string }>('POST', `/containers/${container}/exec`, {
      body: {
        AttachStdin: true,
        AttachStdout: true,
        Cmd: ['sh', '-c', await readFile(script, 'utf8'), 'sh', spec.privateAddress, ends],
      },
    });
    const stream = await engine.connect(`/exec/${Id}/start`, { Detach: false, Tty: false });
    const http = createServer((request, response) => {
      void metadata.handle(spec.id, request, response);
    });
    // Who has sent a request may say at once that it was the last, as `nc` does, and still listens.
    Object.assign(http, { httpAllowHalfOpen: true });
    return new MetadataChannel(stream, http);
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(line: string): void {
    const [id = '', chunk] = line.split(' ');
    if (chunk === undefined) return;
    const known = this.#connections.get(id);
    if (chunk === '-') {
      known?.push(null);
      return;
    }
    const connection = known ?? this.#connect(id);
    connection.push(Buffer.from(chunk, 'base64'));
  }

  #connect(id: string): Connection {
    const connection = new Connection((chunk) => this.#stream.write(`${id} ${chunk}\n`));
    connection.once('close', () => this.#connections.delete(id));
    this.#connections.set(id, connection);
    this.#http.emit('connection', connection);
    return connection;
  }
}

/** A guest's connection to the service, carried in lines. */
class Connection extends Duplex {
  readonly #send: (chunk: string) => void;

  constructor(send: (chunk: string) => void) {
    super();
    this.#send = send;
    this.on('error', () => undefined);
  }

  override _read(): void {
    // What the guest says is pushed as it comes.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      this.#send(bytes.subarray(at, at + CHUNK_BYTES).toString('base64'));
    }
    done();
  }

  override _final(done: () => void): void {
    done();
    this.destroy();
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.#send('-');
    done();
  }
}

const HEADER_BYTES = 8;
const STANDARD_OUTPUT = 1;

/**
 * The standard output out of a stream that has both outputs in frames: one byte says which, and the
 * last four of eight how much follows.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
function standardOutput(stream: Duplex): PassThrough {
  const output = new PassThrough();
  let rest = Buffer.alloc(0);
  stream.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) return;
      if (rest[0] === STANDARD_OUTPUT) output.write(rest.subarray(HEADER_BYTES, end));
      rest = rest.subarray(end);
    }
  });
  stream.once('close', () => output.end());
  return output;
}
