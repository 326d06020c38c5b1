import * as networkErrors from '../../network-errors.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';

interface Asked {
  readonly LocalIpv4NetworkCidr?: string | undefined;
  readonly RemoteIpv4NetworkCidr?: string | undefined;
}

/** The networks at the two ends of a connection; everywhere where nothing is said. */
export function networksOf(asked: Asked, before: Asked = {}) {
  const named = (name: keyof Asked) => {
    const cidr = asked[name] ?? before[name] ?? '0.0.0.0/0';
    const parsed = parseCidr(cidr, 4);
    if (!parsed) throw networkErrors.invalidCidr(cidr, name);
    return cidrText(parsed);
  };
  return {
    LocalIpv4NetworkCidr: named('LocalIpv4NetworkCidr'),
    RemoteIpv4NetworkCidr: named('RemoteIpv4NetworkCidr'),
  };
}
