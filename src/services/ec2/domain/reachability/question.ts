import type { Protocol } from './component.ts';
import type { Range } from './ranges.ts';

/** What headers have to look like; whatever is absent may be anything. */
export interface HeaderFilter {
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePorts?: Range;
  readonly destinationPorts?: Range;
}

/** Whether any packet gets from one place to another, and with TCP whether its answer gets back. */
export interface Question {
  /** The ID of an instance, an interface, an internet gateway or a peering connection. */
  readonly from: string;
  /** The same; without it the destination at the source says where to. */
  readonly to?: string;
  readonly protocol: Protocol;
  /** The destination's, for short. */
  readonly port?: number;
  readonly atSource?: HeaderFilter;
  readonly atDestination?: HeaderFilter;
  /** ARNs of what the way there has to lead through, all of it, and of what it must not. */
  readonly through?: readonly string[];
  readonly around?: readonly string[];
}
