import type {
  ApproximateCreationDateTimePrecision,
  KinesisDataStreamDestination,
} from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import type { Table } from './table.ts';

type Precision = ApproximateCreationDateTimePrecision;

/** A Kinesis stream that changes are to be sent to. It is kept; nothing is sent. */
export interface KinesisDestination {
  readonly streamArn: string;
  readonly status: 'ACTIVE' | 'DISABLED';
  /** Milliseconds where it is left out. */
  readonly precision?: Precision;
}

/** A table has one destination that is at work; those that are disabled stay listed. */
export function withDestination(
  table: Table,
  streamArn: string,
  precision: Precision | undefined,
): Table {
  const standing = table.kinesis ?? [];
  if (standing.some(({ status }) => status === 'ACTIVE')) {
    throw notInState(
      'EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.',
    );
  }
  const others = standing.filter((one) => one.streamArn !== streamArn);
  const added: KinesisDestination = {
    streamArn,
    status: 'ACTIVE',
    ...(precision && { precision }),
  };
  return { ...table, kinesis: [...others, added] };
}

export function withoutDestination(table: Table, streamArn: string): Table {
  const active = activeDestination(table, streamArn);
  if (!active) {
    throw notInState('KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.');
  }
  return replaced(table, { ...active, status: 'DISABLED' });
}

export function withPrecision(
  table: Table,
  streamArn: string,
  precision: Precision | undefined,
): Table {
  if (precision === undefined) {
    throw validation(
      'Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values',
    );
  }
  const active = activeDestination(table, streamArn);
  if (!active) {
    throw notInState(
      `Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: ${table.name}, kdsArn: ${streamArn}`,
    );
  }
  if ((active.precision ?? 'MILLISECOND') === precision) {
    throw validation(
      `Invalid Request: Precision is already set to the desired value of ${precision} for tableId: ${table.id}, kdsArn: ${streamArn}`,
    );
  }
  return replaced(table, { ...active, precision });
}

export function describeDestination({
  streamArn: StreamArn,
  status: DestinationStatus,
  precision,
}: KinesisDestination): KinesisDataStreamDestination {
  return {
    StreamArn,
    DestinationStatus,
    ...(precision && { ApproximateCreationDateTimePrecision: precision }),
  };
}

function activeDestination({ kinesis = [] }: Table, arn: string): KinesisDestination | undefined {
  return kinesis.find(({ streamArn, status }) => streamArn === arn && status === 'ACTIVE');
}

function replaced(table: Table, changed: KinesisDestination): Table {
  const kinesis = table.kinesis!.map((one) =>
    one.streamArn === changed.streamArn ? changed : one,
  );
  return { ...table, kinesis };
}

function notInState(message: string): Error {
  return validation(
    `Table is not in a valid state to enable Kinesis Streaming Destination: ${message}`,
  );
}
