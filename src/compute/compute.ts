import type { Driver } from './driver.ts';

/** Answers the link-local metadata service for one machine. */
export interface MetadataSource {
  /**
   * What the machine may read at `path` (e.g. `meta-data/local-ipv4`, without version, leading and
   * trailing slash; `` is the top): a leaf's text, user data's bytes, a directory's children one a
   * line, or undefined where there is nothing (404).
   */
  read(machine: string, path: string): Promise<string | Uint8Array | undefined>;
  /** Options of the machine's metadata service; undefined for a machine that is not known. */
  options(
    machine: string,
  ): Promise<{ readonly enabled: boolean; readonly tokens: 'required' | 'optional' } | undefined>;
}

/** The machines of one cloud: the driver that was chosen for it. */
export interface Compute {
  readonly driver: Driver;
  /** Hands in who knows the metadata; called once, by the EC2 service. */
  serveMetadata(source: MetadataSource): void;
  close(): Promise<void>;
}
