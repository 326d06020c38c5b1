import { useCollection } from '@cloudscape-design/collection-hooks';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { ReactNode } from 'react';
import { CallError } from './call-error.tsx';
import { Empty } from './empty.tsx';
import { Realization } from './realization.tsx';

interface CollectionProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
  readonly id: (item: Item) => string;
  readonly loading: boolean;
  readonly error: Error | null;
  readonly realization?: string | undefined;
  readonly actions?: ReactNode;
  /** Shown where there is nothing: what to do next. */
  readonly empty: ReactNode;
  readonly variant?: TableProps.Variant;
}

/** A table of what a service has, to be searched and sorted. */
export function Collection<Item>(props: CollectionProps<Item>) {
  const { title, columns, id, loading, error, realization, actions, empty } = props;
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount } =
    useCollection(props.items, {
      filtering: { empty, noMatch: <Empty title="Nothing matches" /> },
      pagination: { pageSize: 25 },
      sorting: {},
    });
  return (
    <SpaceBetween size="m">
      <CallError error={error} />
      <Table
        {...collectionProps}
        variant={props.variant ?? 'full-page'}
        items={items}
        trackBy={id}
        columnDefinitions={columns}
        loading={loading}
        loadingText="Loading"
        header={
          <Header
            variant={props.variant === 'container' ? 'h2' : 'h1'}
            counter={`(${props.items.length})`}
            actions={actions}
            info={<Realization value={realization} />}
          >
            {title}
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringPlaceholder="Find"
            filteringAriaLabel={`Find in ${title}`}
            countText={`${filteredItemsCount ?? 0} found`}
          />
        }
        pagination={<Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
