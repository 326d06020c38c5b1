import type { Clock } from '../../kernel/clock.ts';
import type { Permission, Scope } from '../../kernel/operation.ts';
import type { Engine } from '../../storage/engine.ts';
import type { Stream, Streams } from '../dynamodb/domain/streams.ts';
import { streamNotFound, validation } from './errors.ts';

/** What DynamoDB Streams' handlers are given. */
export interface DynamoDBStreamsScope extends Scope {
  readonly store: Engine;
  readonly clock: Clock;
  readonly streams: Streams;
}

/** Leave to do `operation` on the stream that the request names. */
export function onStream(operation: string) {
  return ({ StreamArn = '*' }: { readonly StreamArn?: string | undefined }): Permission => ({
    action: `dynamodb:${operation}`,
    resource: StreamArn,
  });
}

/** @throws AwsError `ResourceNotFoundException` for a stream that is not there any more, either */
export async function streamAt(
  { caller, streams }: DynamoDBStreamsScope,
  arn: string,
): Promise<Stream> {
  checkStreamArn(arn);
  const stream = await streams.find(caller, arn);
  if (!stream) throw streamNotFound(arn);
  return stream;
}

export function checkStreamArn(arn: string): void {
  if (!STREAM_ARN.test(arn)) throw validation('Invalid StreamArn');
}

const STREAM_ARN = /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/[^/]+$/;
