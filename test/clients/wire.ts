import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Listener } from '../../src/gateway/http/listener.ts';
import type { HttpRequest } from '../../src/gateway/http/message.ts';
import { listen } from '../../src/gateway/http/socket-listener.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Catches what real clients put on the wire; every call is answered with an empty 400. */
export class Wire {
  readonly #listener: Listener;
  readonly #received: HttpRequest[];

  private constructor(listener: Listener, received: HttpRequest[]) {
    this.#listener = listener;
    this.#received = received;
  }

  static async open(): Promise<Wire> {
    const received: HttpRequest[] = [];
    const listener = await listen({ host: '127.0.0.1', port: 0 }, async (request) => {
      received.push(request);
      return { status: 400, headers: {}, body: '' };
    });
    return new Wire(listener, received);
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  listTables(keys: Keys, region?: string): Promise<HttpRequest> {
    const client = new DynamoDBClient(this.#configuration(keys, region));
    return this.#caught(client.send(new ListTablesCommand({ Limit: 5 })));
  }

  callerIdentity(keys: Keys): Promise<HttpRequest> {
    const client = new STSClient(this.#configuration(keys));
    return this.#caught(client.send(new GetCallerIdentityCommand({})));
  }

  describeRegions(keys: Keys): Promise<HttpRequest> {
    const client = new EC2Client(this.#configuration(keys));
    return this.#caught(client.send(new DescribeRegionsCommand({})));
  }

  invoke(keys: Keys): Promise<HttpRequest> {
    const client = new LambdaClient(this.#configuration(keys));
    const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    return this.#caught(client.send(new InvokeCommand({ FunctionName })));
  }

  /** The key is one that clients encode in different ways. */
  putObject(keys: Keys, key = "a b/ü+(1)!'.txt"): Promise<HttpRequest> {
    const command = new PutObjectCommand({ Bucket: 'b', Key: key, Body: 'hello' });
    return this.#caught(this.#s3(keys).send(command));
  }

  async presignedGetObject(keys: Keys, expiresIn = 60): Promise<HttpRequest> {
    const command = new GetObjectCommand({ Bucket: 'b', Key: 'a b+c/ü.txt', VersionId: 'v/1' });
    return this.#caught(fetch(await getSignedUrl(this.#s3(keys), command, { expiresIn })));
  }

  #s3(keys: Keys): S3Client {
    return new S3Client({ ...this.#configuration(keys), forcePathStyle: true });
  }

  #configuration(keys: Keys, region = 'us-east-1') {
    const endpoint = `http://127.0.0.1:${this.#listener.address.port}`;
    return { endpoint, region, credentials: keys, maxAttempts: 1 };
  }

  async #caught(call: Promise<unknown>): Promise<HttpRequest> {
    await call.catch(() => undefined);
    const request = this.#received.pop();
    if (!request) throw new Error('the client sent nothing');
    return request;
  }
}
