import type { PrefixListAssociation, RouteTable, SecurityGroupRule } from '@aws-sdk/client-ec2';

/** The groups and route tables that refer to a prefix list, each once. */
export function associationsOf(
  listId: string,
  rules: readonly SecurityGroupRule[],
  tables: readonly RouteTable[],
): (PrefixListAssociation & { readonly ResourceId: string })[] {
  const owners = new Map<string, string | undefined>();
  for (const rule of rules) {
    if (rule.PrefixListId === listId) owners.set(rule.GroupId ?? '', rule.GroupOwnerId);
  }
  for (const table of tables) {
    if (table.Routes?.some((route) => route.DestinationPrefixListId === listId)) {
      owners.set(table.RouteTableId ?? '', table.OwnerId);
    }
  }
  return [...owners].map(([ResourceId, ResourceOwner]) => ({ ResourceId, ResourceOwner }));
}
