/** `ip-172-31-5-9`, the guest's host name. */
export function hostName(privateAddress: string): string {
  return `ip-${privateAddress.replaceAll('.', '-')}`;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
export function privateDnsName(region: string, privateAddress: string): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `${hostName(privateAddress)}.${domain}`;
}
