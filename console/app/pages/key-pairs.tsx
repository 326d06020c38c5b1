import { DeleteKeyPairCommand, DescribeKeyPairsCommand } from '@aws-sdk/client-ec2';
import { ec2 } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CreateKeyPair } from '../forms/create-key-pair.tsx';
import { CallButton } from '../ui/call-dialog.tsx';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';

/** The key pairs of the region. Their private halves are with whoever made them. */
export function KeyPairs() {
  const { data, error, isPending } = useRead(ec2(DescribeKeyPairsCommand, {}));
  const create = <CreateKeyPair onCreated={() => {}} />;
  return (
    <Collection
      title="Key pairs"
      items={data?.output.KeyPairs ?? []}
      id={({ KeyPairId = '' }) => KeyPairId}
      loading={isPending}
      error={error}
      realization={data?.realization}
      actions={create}
      empty={<Empty title="No key pairs in this region">{create}</Empty>}
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: ({ KeyName }) => KeyName,
          sortingField: 'KeyName',
          isRowHeader: true,
        },
        { id: 'type', header: 'Type', cell: ({ KeyType }) => KeyType },
        { id: 'id', header: 'Key pair ID', cell: ({ KeyPairId }) => KeyPairId },
        { id: 'fingerprint', header: 'Fingerprint', cell: (item) => item.KeyFingerprint },
        {
          id: 'actions',
          header: 'Actions',
          cell: ({ KeyName = '' }) => (
            <CallButton label="Delete key pair" call={ec2(DeleteKeyPairCommand, { KeyName })}>
              Instances that were launched with {KeyName} keep it.
            </CallButton>
          ),
        },
      ]}
    />
  );
}
