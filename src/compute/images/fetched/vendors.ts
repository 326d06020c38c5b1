import type { Source } from './download.ts';

/** A disk as its vendor gives it out for clouds that are not AWS. */
export interface VendorImage extends Source {
  readonly name: string;
  /** Who logs in over SSH. */
  readonly loginName: string;
}

/**
 * Each of one release, whose bytes are known by their digest. Vendors remove old releases after some
 * time: then a newer one belongs here, with the version that `services/ec2/domain/images/` shows.
 */
export const vendorImages: readonly VendorImage[] = [
  {
    name: 'ubuntu-24.04-amd64',
    loginName: 'ubuntu',
    url: 'https://cloud-images.ubuntu.com/releases/noble/release-20260926/ubuntu-24.04-server-cloudimg-amd64.img',
    algorithm: 'sha256',
    digest: '6a81c37564db9b1ee84e141922625e1d7c5b389b99bb3c572e0243607d5bb4d2',
  },
  {
    name: 'ubuntu-22.04-amd64',
    loginName: 'ubuntu',
    url: 'https://cloud-images.ubuntu.com/releases/jammy/release-20260826/ubuntu-22.04-server-cloudimg-amd64.img',
    algorithm: 'sha256',
    digest: 'c0a5af17e6c0f76351fe07e2fffef3011dab1facb8a8ed5701dcf648dabd4f0a',
  },
  {
    name: 'al2023-x86_64',
    loginName: 'ec2-user',
    url: 'https://cdn.amazonlinux.com/al2023/os-images/2023.12.20260909.0/kvm/al2023-kvm-2023.12.20260909.0-kernel-6.1-x86_64.xfs.gpt.qcow2',
    algorithm: 'sha256',
    digest: '60e0defb06db53075fe688153564317cde0e3bbe48ee831b3c2606cb79ca97a2',
  },
];
