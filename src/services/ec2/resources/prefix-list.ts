import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidPrefixListID.NotFound';

type PrefixList = ResourceModels['AWS::EC2::PrefixList'];
type Entries = NonNullable<PrefixList['Entries']>;

export const prefixList = resourceType('AWS::EC2::PrefixList', {
  properties: ['AddressFamily', 'Entries', 'MaxEntries', 'PrefixListName', 'Tags'],

  create: (desired, context) =>
    createOnce('prefix-list', desired.Tags, context, async (TagSpecifications) => {
      const { AddressFamily, Entries = [], PrefixListName } = desired;
      const made = await context.invoke(model.CreateManagedPrefixList, {
        ...{ AddressFamily, PrefixListName, Entries: [...Entries], TagSpecifications },
        MaxEntries: mostEntries(desired),
      });
      return made.PrefixList!.PrefixListId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Entries = await entriesOf(id, context);
    const Tags = shownTags(found.Tags);
    return {
      ...{ PrefixListId: id, Arn: found.PrefixListArn!, OwnerId: found.OwnerId! },
      ...{ AddressFamily: found.AddressFamily as 'IPv4', PrefixListName: found.PrefixListName! },
      ...{ MaxEntries: found.MaxEntries!, Version: found.Version! },
      ...(Entries.length > 0 && { Entries }),
      ...(Tags && { Tags }),
    };
  },

  /** Room first, where that grows, and last, where it shrinks: entries have to fit at each step. */
  async update(id, desired, _, context) {
    const found = await describe(id, context);
    const most = mostEntries(desired);
    const resize = { PrefixListId: id, MaxEntries: most };
    if (most > found!.MaxEntries!) await context.invoke(model.ModifyManagedPrefixList, resize);
    await bringEntries(id, desired, context);
    if (most < found!.MaxEntries!) await context.invoke(model.ModifyManagedPrefixList, resize);
    await updateTags(id, desired.Tags, context);
  },

  replaces: (property) => property === 'AddressFamily',

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteManagedPrefixList, { PrefixListId: id }));
  },

  async list({ invoke, caller }) {
    const Filters = [{ Name: 'owner-id', Values: [caller.account] }];
    const { PrefixLists = [] } = await invoke(model.DescribeManagedPrefixLists, { Filters });
    return PrefixLists.map(({ PrefixListId }) => PrefixListId!);
  },
});

/** A template may leave out how many there may be. */
function mostEntries({ MaxEntries, Entries = [] }: PrefixList): number {
  return MaxEntries ?? Math.max(1, Entries.length);
}

async function bringEntries(
  PrefixListId: string,
  { Entries = [], PrefixListName }: PrefixList,
  context: ResourceContext,
): Promise<void> {
  const standing = await entriesOf(PrefixListId, context);
  const isIn = (list: Entries, { Cidr, Description }: Entries[number]) =>
    list.some((each) => each.Cidr === Cidr && each.Description === Description);
  const AddEntries = Entries.filter((each) => !isIn(standing, each));
  const RemoveEntries = standing
    .filter((each) => !isIn(Entries, each))
    .map(({ Cidr }) => ({ Cidr }));
  const found = await describe(PrefixListId, context);
  const changes = AddEntries.length + RemoveEntries.length > 0;
  await context.invoke(model.ModifyManagedPrefixList, {
    ...{ PrefixListId, PrefixListName },
    ...(changes && { CurrentVersion: found!.Version!, AddEntries, RemoveEntries }),
  });
}

async function entriesOf(id: string, { invoke }: ResourceContext): Promise<Entries> {
  const { Entries = [] } = await invoke(model.GetManagedPrefixListEntries, { PrefixListId: id });
  return Entries.map(({ Cidr, Description }) => ({
    Cidr: Cidr!,
    ...(Description && { Description }),
  }));
}

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeManagedPrefixLists, { PrefixListIds: [id] });
  return (await unless(NOT_FOUND, answer))?.PrefixLists?.[0];
}
