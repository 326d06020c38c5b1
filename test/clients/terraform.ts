import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { environment, has, type Outcome, run } from './program.ts';

/** A folder `<mirror>/<host>/hashicorp/aws` holds the provider where it was installed by hand. */
function findMirror(): string | undefined {
  const bases = ['/opt', '/usr/share/terraform', '/usr/local/share/terraform', homedir()];
  const mirrors = bases.flatMap((base) => folders(base)).concat(bases);
  return mirrors.find((mirror) =>
    folders(mirror).some((host) => existsSync(join(host, 'hashicorp', 'aws'))),
  );
}

function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));
}

const mirror = findMirror();
if (!mirror) console.warn('SKIPPED: no local mirror of the AWS provider for Terraform');

export const hasTerraform = mirror !== undefined && has('terraform', 'version');

/**
 * Runs Terraform in a folder with this configuration, against a cloud of its own; both are there for
 * the tests of the suite that calls it.
 *
 * @param begin starts the cloud
 */
export function terraformProject(
  configuration: string,
  begin: () => Promise<TestCloud> = startTestCloud,
): (...args: readonly string[]) => Promise<Outcome> {
  let cloud: TestCloud;
  let folder: string;

  beforeAll(async () => {
    cloud = await begin();
    folder = mkdtempSync(join(tmpdir(), 'terraform-'));
    writeFileSync(join(folder, 'main.tf'), configuration);
    writeFileSync(
      join(folder, 'mirror.tfrc'),
      `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`,
    );
  });
  afterAll(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  return (...args) =>
    run('terraform', [...args, '-no-color'], {
      env: { ...environment(cloud.endpoint), TF_CLI_CONFIG_FILE: join(folder, 'mirror.tfrc') },
      cwd: folder,
    });
}
