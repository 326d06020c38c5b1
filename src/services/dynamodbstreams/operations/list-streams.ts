import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodbstreams.ts';
import { invalidParameters } from '../errors.ts';
import type { DynamoDBStreamsScope } from '../scope.ts';
import { checkStreamArn } from '../scope.ts';

const MAX_STREAMS = 100;

export const listStreams = operation(model.ListStreams, {
  async handle(
    { TableName, ExclusiveStartStreamArn: after, Limit = MAX_STREAMS },
    { caller, streams }: DynamoDBStreamsScope,
  ) {
    if (Limit > MAX_STREAMS) {
      throw invalidParameters(
        `Limit cannot be greater than the maximum allowed size: ${MAX_STREAMS}`,
      );
    }
    if (after !== undefined) checkStreamArn(after);
    const all = await streams.list(caller, TableName);
    const rest = after === undefined ? all : all.filter(({ arn }) => isBehind(arn, after));
    const page = rest.slice(0, Limit);
    return {
      Streams: page.map(({ arn, tableName, label }) => ({
        StreamArn: arn,
        TableName: tableName,
        StreamLabel: label,
      })),
      ...(rest.length > Limit && { LastEvaluatedStreamArn: page.at(-1)!.arn }),
    };
  },
});

/** By table name and label, as streams are listed: a slash would sort behind a hyphen. */
function isBehind(arn: string, after: string): boolean {
  const [, table = '', , label = ''] = arn.split('/');
  const [, afterTable = '', , afterLabel = ''] = after.split('/');
  return table === afterTable ? label > afterLabel : table > afterTable;
}
