import { whyNoImage } from '../images/obstacle.ts';
import { findEngine } from './find-engine.ts';

/** One sentence on what stands in the way; undefined if nothing does. */
export async function whyNotUsable(
  images: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  return (await findEngine(environment)).obstacle ?? (await whyNoImage(images));
}
