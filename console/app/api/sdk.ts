/** What all of the SDK's clients have in common, as far as the console needs it. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: object;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export interface SdkCommand {
  /** The operation's name is its third part. */
  readonly schema: readonly unknown[];
}

type Handler = (args: { request: SdkRequest }) => Promise<{ response: SdkRequest }>;

export interface SdkClient {
  send(command: SdkCommand): Promise<{ $metadata: { requestId?: string } }>;
  destroy(): void;
  readonly middlewareStack: {
    add(
      middleware: (next: Handler) => Handler,
      options: { step: 'deserialize'; priority: 'low' },
    ): void;
  };
}

export type SdkClientClass = new (configuration: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}) => SdkClient;
