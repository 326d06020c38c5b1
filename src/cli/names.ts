/** `OTel` is one word to the AWS CLI, whatever its capitals. */
const words: readonly (readonly [RegExp, string])[] = [[/OTel/g, 'Otel']];

/**
 * A modelled name as the AWS CLI writes it: `DescribeInstances` → `describe-instances`,
 * `LoadBalancerARNs` → `load-balancer-arns`.
 */
export function kebab(name: string): string {
  if (name.includes('-')) return name;
  const known = words.reduce((text, [pattern, word]) => text.replace(pattern, word), name);
  return known
    .replace(/[A-Z]{2,}s$/, (acronyms) => `-${acronyms.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** The modelled name that the command line writes as `typed`. */
export function modelled(names: Iterable<string>, typed: string): string | undefined {
  for (const name of names) if (kebab(name) === typed) return name;
  return undefined;
}
