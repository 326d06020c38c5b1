import type { ServiceHeader } from '../models/model.ts';

/** What follows a service's or a bucket's labels in a host name. */
const domains =
  /\.(?:localhost|localhost\.localstack\.cloud|amazonaws\.com(?:\.cn)?|api\.aws)$|^(?:localhost|\d+(?:\.\d+){3}|\[[0-9a-f:]+\])$/;
const s3Labels = /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z]+)+-\d)?$/;

/** The labels in front of the domain, lower case, the port left out; undefined for other domains. */
export function labelsOf(host: string | undefined): string | undefined {
  const name = (host ?? '').toLowerCase().replace(/:\d*$/, '');
  const match = domains.exec(name);
  return match ? name.slice(0, match.index) : undefined;
}

/** The service whose host names start like that: `ec2.us-east-1`, `streams.dynamodb`, `sts`. */
export function serviceOfHost(
  host: string | undefined,
  headers: readonly ServiceHeader[],
): ServiceHeader | undefined {
  const labels = labelsOf(host);
  if (!labels) return undefined;
  if (s3Labels.test(labels)) return headers.find(({ service }) => service === 's3');
  const named = headers.filter(({ endpointPrefix, service }) =>
    [endpointPrefix, service].some((name) => labels === name || labels.startsWith(`${name}.`)),
  );
  // `streams.dynamodb` is longer than any other prefix of the same labels.
  return named.toSorted((a, b) => b.endpointPrefix.length - a.endpointPrefix.length)[0];
}

/**
 * The bucket that an S3 host name starts with: `name.s3.localhost`, `name.s3.eu-west-1.amazonaws.com`
 * or just `name.localhost`, which is where clients go that were given `http://localhost`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketOfHost(host: string | undefined): string | undefined {
  const labels = labelsOf(host);
  if (!labels) return undefined;
  const match = s3Labels.exec(labels);
  return match ? match[1] : labels;
}
