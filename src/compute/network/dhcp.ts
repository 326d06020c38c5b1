import { gatewayOf } from './addresses.ts';

/** What an interface is told of itself and of its subnet. */
export interface Lease {
  readonly address: string;
  readonly macAddress: string;
  /** Its subnet's block. */
  readonly cidr: string;
  readonly hostname: string;
  readonly nameServers: readonly string[];
  readonly domainName?: string;
}

/** What the first byte of an answer is. */
const REPLY = 2;
/** Kinds of messages, by RFC 2132's numbers. */
const DISCOVER = 1;
const OFFER = 2;
const REQUEST = 3;
const ACK = 5;
const NAK = 6;
const INFORM = 8;

/** Where the fixed part of a message has its fields. */
const CIADDR = 12;
const YIADDR = 16;
const GIADDR = 24;
const CHADDR = 28;
const COOKIE = 236;
const OPTIONS = 240;
const MAGIC = 0x63825363;

/** Numbers of options. */
const PAD = 0;
const SUBNET_MASK = 1;
const ROUTER = 3;
const NAME_SERVERS = 6;
const HOST_NAME = 12;
const DOMAIN_NAME = 15;
const MTU = 26;
const REQUESTED_ADDRESS = 50;
const LEASE_SECONDS = 51;
const KIND = 53;
const SERVER = 54;
const STATIC_ROUTES = 121;
const END = 255;

/** Of every device of a router. */
const MTU_BYTES = 1500;
/** For ever: an address never changes, and nobody answers while the server is away. */
const INFINITE_S = 0xffffffff;
const METADATA_BLOCK = '169.254.169.254/32';

interface Message {
  readonly kind: number;
  readonly bytes: Buffer;
  readonly options: ReadonlyMap<number, Buffer>;
}

/**
 * The answer to what came from an interface, by RFC 2131; undefined where there is none: for what is no
 * question, is meant for another server, or comes from a card other than the interface's own.
 */
export function dhcpAnswer(question: Buffer, lease: Lease): Buffer | undefined {
  const asked = read(question);
  if (!asked || macOf(asked.bytes) !== lease.macAddress) return undefined;
  const server = asked.options.get(SERVER);
  if (server && ipv4(server) !== gatewayOf(lease.cidr)) return undefined;
  if (asked.kind === DISCOVER) return answer(asked, OFFER, lease);
  if (asked.kind === INFORM) return answer(asked, ACK, lease);
  if (asked.kind !== REQUEST) return undefined;
  const wanted = asked.options.get(REQUESTED_ADDRESS) ?? asked.bytes.subarray(CIADDR, CIADDR + 4);
  return answer(asked, ipv4(wanted) === lease.address ? ACK : NAK, lease);
}

function read(bytes: Buffer): Message | undefined {
  const isRequest = bytes.length > OPTIONS && bytes[0] === 1 && bytes[1] === 1 && bytes[2] === 6;
  if (!isRequest || bytes.readUInt32BE(COOKIE) !== MAGIC) return undefined;
  const options = new Map<number, Buffer>();
  let at = OPTIONS;
  while (at < bytes.length && bytes[at] !== END) {
    const code = bytes[at++] ?? END;
    if (code === PAD) continue;
    const length = bytes[at++] ?? 0;
    options.set(code, bytes.subarray(at, (at += length)));
  }
  const kind = options.get(KIND)?.[0];
  return kind === undefined ? undefined : { kind, bytes, options };
}

function answer({ kind: asked, bytes }: Message, kind: number, lease: Lease): Buffer {
  const head = Buffer.alloc(OPTIONS);
  // Hardware, transaction, flags and the asker's own addresses are as they came.
  bytes.copy(head, 0, 0, CIADDR);
  bytes.copy(head, GIADDR, GIADDR, CHADDR + 16);
  head[0] = REPLY;
  head.writeUInt32BE(MAGIC, COOKIE);
  const server = octets(gatewayOf(lease.cidr));
  const own = [option(KIND, [kind]), option(SERVER, server)];
  if (kind === NAK) return Buffer.concat([head, ...own, Buffer.of(END)]);
  if (asked === INFORM) bytes.copy(head, CIADDR, CIADDR, CIADDR + 4);
  else {
    head.set(octets(lease.address), YIADDR);
    own.push(option(LEASE_SECONDS, number(INFINITE_S, 4)));
  }
  return Buffer.concat([head, ...own, ...settings(lease), Buffer.of(END)]);
}

function settings({ cidr, hostname, nameServers, domainName }: Lease): Buffer[] {
  const router = octets(gatewayOf(cidr));
  const prefix = Number(cidr.split('/')[1]);
  return [
    option(SUBNET_MASK, number(-(2 ** (32 - prefix)) >>> 0, 4)),
    option(ROUTER, router),
    ...(nameServers.length > 0 ? [option(NAME_SERVERS, nameServers.flatMap(octets))] : []),
    option(HOST_NAME, [...Buffer.from(hostname)]),
    ...(domainName ? [option(DOMAIN_NAME, [...Buffer.from(domainName)])] : []),
    option(MTU, number(MTU_BYTES, 2)),
    // Leads away from the link by which QEMU's guests reach the metadata service until they have an
    // address. Who takes these routes takes no other router: RFC 3442 wants the default among them.
    option(STATIC_ROUTES, [...route(METADATA_BLOCK, router), ...route('0.0.0.0/0', router)]),
  ];
}

/** As RFC 3442 writes it: no more of a destination than its prefix needs. */
function route(destination: string, router: readonly number[]): number[] {
  const [network = '', prefix] = destination.split('/');
  const bits = Number(prefix);
  return [bits, ...octets(network).slice(0, Math.ceil(bits / 8)), ...router];
}

function option(code: number, value: readonly number[]): Buffer {
  const whole = value.slice(0, 255);
  return Buffer.from([code, whole.length, ...whole]);
}

function number(value: number, bytes: 2 | 4): number[] {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return [...buffer];
}

function octets(address: string): number[] {
  return address.split('.').map(Number);
}

function ipv4(bytes: Buffer): string {
  return bytes.join('.');
}

function macOf(bytes: Buffer): string {
  const mac = bytes.subarray(CHADDR, CHADDR + 6);
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
