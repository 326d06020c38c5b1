import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const analysisExists = (pathId: string, analysisId: string) =>
  new AwsError(
    'AnalysisExistsForNetworkInsightsPath',
    `The network insights path '${pathId}' has analyses, such as '${analysisId}': delete them first.`,
  );
