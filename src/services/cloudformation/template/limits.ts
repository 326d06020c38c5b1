/**
 * Of a template, by AWS's quotas.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const limits = {
  parameters: 200,
  mappings: 200,
  mappingAttributes: 200,
  resources: 500,
  outputs: 200,
} as const;

/** In bytes of UTF-8. */
export const longestDescription = 1024;

/** In characters, of logical IDs and names alike. */
export const longestName = 255;

/** How deep lists and maps may stand in one another: far beyond real templates, within any call stack. */
export const deepest = 200;
