import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const priceTooLow = (price: string, least: string) =>
  new AwsError(
    'SpotMaxPriceTooLow',
    `Your Spot request price of ${Number(price)} is lower than the minimum required Spot request fulfillment price of ${Number(least)}.`,
  );

export const cannotStop = (id: string) =>
  new AwsError(
    'UnsupportedOperation',
    `You can't stop the Spot Instance '${id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
  );

export const spotCountExceeded = () =>
  new AwsError('MaxSpotInstanceCountExceeded', 'Max spot instance count exceeded');
