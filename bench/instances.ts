import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage } from '../src/compute/images/build-image.ts';
import { tiny } from '../src/compute/images/tiny/recipe.ts';
import {
  startsInContainers,
  startsInNamespaces,
  startsOnQemu,
  type Starts,
} from './instance-starts.ts';
import { LAUNCHED_AT_ONCE, MANY, type ManyFigures, manyInstances } from './many-instances.ts';

/**
 * Measures what a launch takes, driver by driver: from RunInstances to `running` and to the first
 * line of the SSH server, and what `mock` can bear. CPU counts; wall time moves with the machine.
 */
const folder = mkdtempSync(join(tmpdir(), 'alacarte-bench-'));
try {
  // images of its own, so that nothing is kept yet of a guest that has booted
  const images = join(folder, 'images');
  process.env['ALACARTE_IMAGES'] = images;
  await buildImage(tiny, { directory: images, progress: console.error });
  const starts = {
    qemu: await startsOnQemu(folder, images),
    namespaces: await startsInNamespaces(folder, images),
    docker: await startsInContainers(folder),
  };
  const text = report(starts, await manyInstances(folder));
  console.log(text);
  writeFileSync(join(import.meta.dirname, 'INSTANCES.md'), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(drivers: Readonly<Record<string, Starts>>, many: ManyFigures): string {
  const measured = Object.values(drivers).flatMap((each) => ('starts' in each ? each.starts : []));
  const rows = measured.map((start) => {
    const { what, runningS, bannerS, machineCpuS, hostCpuS, residentMB } = start;
    const seconds = [runningS, bannerS, machineCpuS, hostCpuS].map((each) => each.toFixed(2));
    return `| ${[what, ...seconds, residentMB.toFixed(0)].join(' | ')} |`;
  });
  const leftOut = Object.entries(drivers).flatMap(([name, each]) =>
    'obstacle' in each ? `\`${name}\` was left out: ${each.obstacle}\n\n` : [],
  );
  const today = new Date().toISOString().slice(0, 10);
  const { all, pages, first } = many.describeCpuMs;
  return `# Starts of instances, by driver

Written by \`npm run bench:instances\` on ${today}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; a t3.micro of the tiny image, launched through the API. The host's CPU is that of the server, asked every 10 ms how far it is, of the programs that it ran, and of a container engine.

${leftOut.join('')}| | running after, s | SSH after, s | CPU of the machine to SSH, s | of the host, s | resident, MB |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

With \`mock\`, ${MANY} instances: ${many.launchesPerS.toFixed(0)} launches a second to \`running\` (${LAUNCHED_AT_ONCE} a call, ${many.launchCpuMs.toFixed(2)} ms of CPU each). DescribeInstances takes ${all.toFixed(0)} ms of CPU for all in one answer, ${pages.toFixed(0)} ms in pages of 1,000, and ${first.toFixed(0)} ms the first time after all have changed.
`;
}
