import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { isIPv4 } from 'node:net';
import { decode, encode, type Packet, type Question } from 'dns-packet';
import type { VpcPlan } from './vpc-plan.ts';

const UPSTREAM_MS = 5_000;
const TTL_S = 60;
const NXDOMAIN = 3;
const SERVFAIL = 2;

/**
 * The Amazon-provided DNS of every VPC: the plan's names, those of AWS's services, and everything
 * else as the host resolves it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export class Resolver {
  /** The answer's bytes; undefined for what is no question. */
  async answer(bytes: Buffer, plan: VpcPlan): Promise<Buffer | undefined> {
    const asked = questionIn(bytes);
    if (!asked) return undefined;
    const { query, question } = asked;
    const name = question.name.toLowerCase();
    const addresses = addressesOf(name, plan);
    if (addresses) {
      const A = { type: 'A', name: question.name, ttl: TTL_S } as const;
      const answers = addresses.map((data) => ({ ...A, data }));
      return reply(query, question.type === 'A' ? answers : []);
    }
    const pointed = nameOf(name, plan);
    if (pointed !== undefined) {
      const PTR = { type: 'PTR', name: question.name, ttl: TTL_S, data: pointed } as const;
      return reply(query, question.type === 'PTR' ? [PTR] : []);
    }
    if (isInternal(name)) return reply(query, [], NXDOMAIN);
    return (await forwarded(bytes)) ?? reply(query, [], SERVFAIL);
  }
}

interface Asked {
  readonly query: Packet;
  readonly question: Question;
}

function questionIn(bytes: Buffer): Asked | undefined {
  try {
    const query = decode(bytes);
    const [question] = query.questions ?? [];
    return query.type === 'query' && question ? { query, question } : undefined;
  } catch {
    return undefined;
  }
}

/** What the VPC knows itself, and else where a service of AWS is; undefined for all other names. */
function addressesOf(name: string, { names, services }: VpcPlan): readonly string[] | undefined {
  const own = [name, name.replace(/^[^.]+/, '*')].find((each) => Object.hasOwn(names, each));
  if (own !== undefined) return names[own];
  const service = SERVICE_NAME.exec(name)?.[1] ?? '';
  return Object.hasOwn(services, service) ? [services[service] ?? ''] : undefined;
}

/**
 * A service's public name, of one region or of all, which may begin with an account.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
const SERVICE_NAME =
  /^(?:\d{12}\.)?([a-z\d.-]+?)(?:-fips)?(?:\.dualstack)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** The name whose address a question of the form `5.0.0.10.in-addr.arpa` is about. */
function nameOf(question: string, { names }: VpcPlan): string | undefined {
  const reversed = /^([\d.]+)\.in-addr\.arpa$/.exec(question)?.[1];
  const address = reversed?.split('.').toReversed().join('.');
  return Object.keys(names).find((name) => names[name]?.includes(address ?? ''));
}

function isInternal(name: string): boolean {
  return name.endsWith('.ec2.internal') || name.endsWith('.compute.internal');
}

const RECURSION_DESIRED = 0x0100;
const RECURSION_AVAILABLE = 0x0080;

function reply({ id, flags = 0, questions }: Packet, answers: Packet['answers'], code = 0): Buffer {
  return encode({
    id: id ?? 0,
    type: 'response',
    flags: (flags & RECURSION_DESIRED) | RECURSION_AVAILABLE | code,
    questions: questions ?? [],
    answers: answers ?? [],
  });
}

/** What the first of the host's own servers says; undefined where it says nothing in time. */
function forwarded(question: Buffer): Promise<Buffer | undefined> {
  const [server] = getServers().filter((each) => isIPv4(each));
  if (server === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const late = setTimeout(() => end(undefined), UPSTREAM_MS);
    const end = (answer: Buffer | undefined): void => {
      clearTimeout(late);
      socket.close();
      resolve(answer);
    };
    socket.once('error', () => end(undefined));
    socket.once('message', (answer) => end(answer));
    socket.connect(53, server, () => socket.send(question));
  });
}
