import * as errors from '../errors.ts';
import { type ParameterRecord, labelsOf } from './parameter-record.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-labels.html */
const MAX_LABELS = 10;

/** Whether a label may be given: AWS answers those that may not beside the others. */
export function isValidLabel(label: string): boolean {
  return /^[a-zA-Z_.-][a-zA-Z0-9_.-]*$/.test(label) && !/^(aws|ssm)/i.test(label);
}

/** Labels a version; a label that another version has moves to this one. */
export function withLabels(
  record: ParameterRecord,
  version: number,
  labels: readonly string[],
): ParameterRecord {
  checkVersion(record, version);
  const moved = Object.fromEntries(labels.map((label) => [label, version]));
  const next = { ...record, labels: { ...record.labels, ...moved } };
  if (labelsOf(next, version).length > MAX_LABELS) throw errors.tooManyLabels(MAX_LABELS);
  return next;
}

export function withoutLabels(
  record: ParameterRecord,
  version: number,
  labels: readonly string[],
): ParameterRecord {
  checkVersion(record, version);
  const kept = Object.entries(record.labels).filter(
    ([label, labelled]) => labelled !== version || !labels.includes(label),
  );
  return { ...record, labels: Object.fromEntries(kept) };
}

function checkVersion({ name, latest, oldest }: ParameterRecord, version: number): void {
  if (version < oldest || version > latest.version) {
    throw errors.parameterVersionNotFound(name, String(version));
  }
}
