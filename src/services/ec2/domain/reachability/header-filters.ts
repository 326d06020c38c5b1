import { check, type Hop } from './hop.ts';
import { matching, type Condition, type Leg } from './leg.ts';
import type { HeaderFilter } from './question.ts';
import { ofBlocks } from './ranges.ts';

/** What headers have to look like where packets arrive. */
export function filtersAtDestination(filter: HeaderFilter, leg: Leg): Hop[] {
  const { source, destination, sourcePorts, destinationPorts } = filter;
  const back = { ...leg, reply: !leg.reply };
  return [
    ...(source ? [asked('SOURCE_ADDRESS', leg, { from: ofBlocks([source]) })] : []),
    ...(destination ? [asked('DESTINATION_ADDRESS', leg, { to: ofBlocks([destination]) })] : []),
    ...(sourcePorts ? [asked('SOURCE_PORT_RANGE', back, { port: [sourcePorts] })] : []),
    ...(destinationPorts
      ? [asked('DESTINATION_PORT_RANGE', leg, { port: [destinationPorts] })]
      : []),
  ];
}

function asked(what: string, leg: Leg, condition: Condition): Hop {
  const ExplanationCode = `FILTER_AT_DESTINATION_${what}`;
  return check((packets) => matching(packets, leg, condition), { ExplanationCode });
}
