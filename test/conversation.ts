import { AwsError } from '../src/kernel/aws-error.ts';
import type { Fields } from '../src/gateway/protocols/protocol.ts';
import type { Resolved } from '../src/gateway/resolve.ts';
import { startScriptedServer, type ScriptedServer } from './scripted-server.ts';

/** A real client and a scripted server: what the client said, and what it makes of the reply. */
export class Conversation implements AsyncDisposable {
  /** What the next request is answered with. */
  reply: Fields | AwsError = {};
  /** What the last request was understood to be. */
  seen!: { readonly call: Resolved; readonly input: Fields };
  #server!: ScriptedServer;

  static async start(): Promise<Conversation> {
    const conversation = new Conversation();
    conversation.#server = await startScriptedServer((call, input) => {
      conversation.seen = { call, input };
      if (conversation.reply instanceof AwsError) throw conversation.reply;
      return conversation.reply;
    });
    return conversation;
  }

  get server(): ScriptedServer {
    return this.#server;
  }

  /** For the constructor of any client. */
  get config() {
    return {
      endpoint: this.#server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  /** Protocol and operation of the last request: `aws-query GetUser`. */
  get understood(): string {
    return `${this.seen.call.protocol.name} ${this.seen.call.name}`;
  }

  /** What the client makes of an error that the server sends. */
  async refusal(error: AwsError, send: () => Promise<unknown>): Promise<Fields> {
    this.reply = error;
    try {
      await send();
    } catch (caught) {
      const { $metadata, message } = caught as { $metadata: Fields; message: string };
      return { ...(caught as Fields), message, ...$metadata };
    }
    throw new Error('the error was lost');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}
