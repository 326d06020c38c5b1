import type { GetTemplateSummaryOutput } from '@aws-sdk/client-cloudformation';
import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

/** What GetTemplateSummary answers of a template, of which ValidateTemplate answers a part. */
export function summarize(_template: Template): GetTemplateSummaryOutput {
  throw notBuilt('summaries');
}
