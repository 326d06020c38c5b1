import type { Readable } from 'node:stream';
import type { DriverName } from '../driver.ts';

/** An image that has been built: what a driver boots. */
export interface Image {
  readonly name: string;
  /** Tells this build from every other, e.g. `tiny-0f3a…`. */
  readonly id: string;
  /**
   * Whether its guests are all alike until the metadata service has told them who they are: then one
   * may go on as the copy of another that has come so far.
   */
  readonly asksFirst: boolean;
  /** What QEMU is to be: see `Board`. */
  readonly board: Board;
  /** What QEMU starts; undefined where the root disk has a boot loader of its own. */
  readonly kernel?: Kernel;
  /** Writes the root disk of a new machine: a raw, sparse file. */
  makeRootDisk(file: string, gib: number): Promise<void>;
  /**
   * Fills an empty folder with the root file system, for guests that run on the host's kernel. Takes
   * root: all of it belongs to the user and group of the ID `owner`, who is root inside.
   */
  makeRootFolder(folder: string, owner: number): Promise<void>;
  /** The same as a tar archive, for a container engine. All of it belongs to root. */
  archiveRoot(): Readable;
}

export interface Kernel {
  /** The kernel and its initial RAM file system, as files that stay. */
  readonly file: string;
  readonly initrd: string;
  /** What it needs to be told beside what the machine's hardware asks for. */
  readonly arguments: readonly string[];
}

/**
 * The smallest machine that QEMU has, or one with a PCI bus and a firmware whose tables say that it is
 * an instance of EC2, where cloud-init looks for that.
 */
export type Board = 'microvm' | 'q35';

/** How an image of the catalogue comes to be. */
export interface Recipe {
  readonly name: string;
  /** Who logs in over SSH, with the instance's key pair. */
  readonly loginName: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** The drivers that can start machines of it. */
  readonly drivers: readonly DriverName[];
  /** One sentence on why it cannot be made here now; undefined where nothing is known against it. */
  obstacle(): Promise<string | undefined>;
  /** Everything that decides what is built: a change builds the image anew. */
  fingerprint(): Promise<string>;
  /** Builds into an empty folder; `progress` gets one plain line a step. */
  build(folder: string, progress: Progress): Promise<void>;
  /** The image in a folder that `build` has filled. */
  open(folder: string): Image;
}

export type Progress = (line: string) => void;
