import { expect, test } from 'vitest';
import { dhcpAnswer, type Lease } from './dhcp.ts';

const lease: Lease = {
  address: '10.20.17.5',
  macAddress: '02:00:0a:14:11:05',
  cidr: '10.20.16.0/20',
  hostname: 'ip-10-20-17-5',
  nameServers: ['169.254.169.253', '9.9.9.9'],
  domainName: 'ec2.internal',
};
const MAC = Buffer.from('02000a141105', 'hex');
const DISCOVER = [53, 1, 1];
const REQUEST = [53, 1, 3];

function asked(options: number[], { mac = MAC, ciaddr = [0, 0, 0, 0] } = {}): Buffer {
  const message = Buffer.alloc(240);
  message.set([1, 1, 6, 0, 0xde, 0xad, 0xbe, 0xef]);
  message.set(ciaddr, 12);
  message.set(mac, 28);
  message.set([0x63, 0x82, 0x53, 0x63], 236);
  return Buffer.concat([message, Buffer.of(0, ...options, 255)]);
}

/** The address that is given, and the options. */
function said(answer: Buffer | undefined) {
  if (!answer) return undefined;
  const options: Record<number, number[]> = {};
  for (let at = 240; answer[at] !== 255; at += 2 + answer[at + 1]!) {
    options[answer[at]!] = [...answer.subarray(at + 2, at + 2 + answer[at + 1]!)];
  }
  return { address: answer.subarray(16, 20).join('.'), kind: options[53]?.[0], options };
}

test('offers an interface its own address, and all that its subnet has', () => {
  const answer = dhcpAnswer(asked(DISCOVER), lease)!;
  expect(answer.subarray(0, 8).toString('hex')).toBe('02010600deadbeef');
  expect(answer.subarray(28, 34)).toEqual(MAC);
  const { address, kind, options } = said(answer)!;
  expect([address, kind]).toEqual(['10.20.17.5', 2]);
  expect(options).toMatchObject({
    1: [255, 255, 240, 0],
    3: [10, 20, 16, 1],
    6: [169, 254, 169, 253, 9, 9, 9, 9],
    12: [...Buffer.from('ip-10-20-17-5')],
    15: [...Buffer.from('ec2.internal')],
    26: [5, 220],
    51: [255, 255, 255, 255],
    54: [10, 20, 16, 1],
    121: [32, 169, 254, 169, 254, 10, 20, 16, 1, 0, 10, 20, 16, 1],
  });
});

test('gives the address that was offered, also when it is asked for again, and no other', () => {
  const wants = (last: number) => [...REQUEST, 50, 4, 10, 20, 17, last];
  expect(said(dhcpAnswer(asked(wants(5)), lease))).toMatchObject({
    kind: 5,
    address: '10.20.17.5',
  });
  const again = asked(REQUEST, { ciaddr: [10, 20, 17, 5] });
  expect(said(dhcpAnswer(again, lease))).toMatchObject({ kind: 5, address: '10.20.17.5' });
  expect(said(dhcpAnswer(asked(wants(6)), lease))).toMatchObject({ kind: 6, address: '0.0.0.0' });
});

test('tells one that has an address the rest', () => {
  const answer = said(dhcpAnswer(asked([53, 1, 8], { ciaddr: [10, 20, 17, 5] }), lease));
  expect(answer).toMatchObject({ kind: 5, address: '0.0.0.0' });
  expect(answer?.options).not.toHaveProperty('51');
});

test('says nothing to other cards, to what is for another server, or is no question', () => {
  const other = Buffer.from('02000a141106', 'hex');
  expect(dhcpAnswer(asked(DISCOVER, { mac: other }), lease)).toBeUndefined();
  const elsewhere = [...REQUEST, 54, 4, 10, 20, 16, 2, 50, 4, 10, 20, 17, 5];
  expect(dhcpAnswer(asked(elsewhere), lease)).toBeUndefined();
  expect(dhcpAnswer(asked([53, 1, 7]), lease)).toBeUndefined();
  expect(dhcpAnswer(asked([]), lease)).toBeUndefined();
  for (const length of [0, 3, 240]) {
    expect(dhcpAnswer(asked(DISCOVER).subarray(0, length), lease)).toBeUndefined();
  }
  expect(dhcpAnswer(Buffer.alloc(300, 0xff), lease)).toBeUndefined();
});
