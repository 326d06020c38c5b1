import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

/** Puts a dish on the menu; false where it is there already. */
export async function addDish(client: DynamoDBClient, dish: string): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: 'menu',
        Item: { dish: { S: dish } },
        ConditionExpression: 'attribute_not_exists(dish)',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

export async function dishes(client: DynamoDBClient): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'menu' }));
  return Items.map(({ dish }) => dish?.S ?? '').toSorted();
}
