/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-request-status.html */
export const spotMessages = {
  'pending-evaluation':
    'Your Spot request has been submitted for review, and is pending evaluation.',
  'not-scheduled-yet': 'Your Spot request will not be evaluated until the scheduled date.',
  fulfilled: 'Your Spot request is fulfilled.',
  'price-too-low':
    'Your Spot request price is lower than the minimum required Spot request fulfillment price.',
  'capacity-not-available':
    'There is no Spot capacity available that matches your request. Please try again later.',
  'bad-parameters': 'Your Spot request failed due to bad parameters.',
  'system-error': 'There was an unexpected system error. Please resubmit your Spot request.',
  'schedule-expired': 'Your Spot request expired before it could be fulfilled.',
  'canceled-before-fulfillment': 'Your Spot request is canceled before it was fulfilled.',
  'request-canceled-and-instance-running':
    'Your Spot request is canceled, but your instance is still running.',
  'instance-terminated-by-user': 'Spot Instance terminated due to user-initiated termination.',
  'instance-stopped-by-user': 'Spot Instance stopped due to user-initiated stop.',
} as const;

export type SpotCode = keyof typeof spotMessages;
