/** `DescribeDBInstances` is `describe-db-instances` on the AWS CLI; digits stay with their word. */
export function kebabCase(name: string): string {
  return words(name).join('-');
}

/** boto3's names of operations. */
export function snakeCase(name: string): string {
  return words(name).join('_');
}

function words(name: string): string[] {
  return name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
}
