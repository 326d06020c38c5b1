import {
  DescribeImagesCommand,
  DescribeInstanceTypesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useEffect } from 'react';
import { ec2 } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CreateKeyPair } from './create-key-pair.tsx';

interface FieldProps<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** The option of a value; an unknown one, such as one that was just made, is its own. */
function chosen(options: readonly SelectProps.Option[], value: string): SelectProps.Option | null {
  if (value === '') return null;
  return options.find((option) => option.value === value) ?? { value, label: value };
}

export function ImageField({ value, onChange }: FieldProps<string>) {
  const { data, error, isPending } = useRead(ec2(DescribeImagesCommand, {}));
  const options = (data?.output.Images ?? []).map(
    ({ ImageId: id = '', Name = id, Description, Architecture }) => ({
      ...{ value: id, label: Name, labelTag: Architecture ?? '', tags: [id] },
      ...(Description !== undefined && { description: Description }),
    }),
  );
  const [first] = options;
  useEffect(() => {
    if (value === '' && first) onChange(first.value);
  }, [value, first, onChange]);
  return (
    <FormField label="Image" errorText={error?.message}>
      <Select
        options={options}
        selectedOption={chosen(options, value)}
        statusType={isPending ? 'loading' : 'finished'}
        placeholder="Choose an image"
        empty="No images"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

export function InstanceTypeField({ value, onChange }: FieldProps<string>) {
  const { data, error, isPending } = useRead(ec2(DescribeInstanceTypesCommand, {}));
  const options = (data?.output.InstanceTypes ?? [])
    .toSorted((one, other) => size(one.MemoryInfo?.SizeInMiB) - size(other.MemoryInfo?.SizeInMiB))
    .map(({ InstanceType = '', VCpuInfo, MemoryInfo }) => ({
      ...{ value: InstanceType, label: InstanceType },
      description: `${VCpuInfo?.DefaultVCpus} vCPU, ${size(MemoryInfo?.SizeInMiB) / 1024} GiB`,
    }));
  return (
    <FormField label="Instance type" errorText={error?.message}>
      <Select
        options={options}
        selectedOption={chosen(options, value)}
        filteringType="auto"
        virtualScroll
        statusType={isPending ? 'loading' : 'finished'}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

function size(mebibytes: number | undefined): number {
  return mebibytes ?? 0;
}

export function KeyPairField({ value, onChange }: FieldProps<string>) {
  const { data, error, isPending } = useRead(ec2(DescribeKeyPairsCommand, {}));
  const none = { value: '', label: 'None' };
  const options = [
    none,
    ...(data?.output.KeyPairs ?? []).map(({ KeyName = '' }) => ({
      value: KeyName,
      label: KeyName,
    })),
  ];
  return (
    <FormField
      label="Key pair"
      description="Its private key logs you in by SSH."
      errorText={error?.message}
      secondaryControl={<CreateKeyPair onCreated={onChange} />}
    >
      <Select
        options={options}
        selectedOption={chosen(options, value) ?? none}
        statusType={isPending ? 'loading' : 'finished'}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

export function SecurityGroupsField({ value, onChange }: FieldProps<readonly string[]>) {
  const { data, error, isPending } = useRead(ec2(DescribeSecurityGroupsCommand, {}));
  const options = (data?.output.SecurityGroups ?? []).map(
    ({ GroupId = '', GroupName, Description }) => ({
      ...{ value: GroupId, label: GroupName ?? GroupId, tags: [GroupId] },
      ...(Description !== undefined && { description: Description }),
    }),
  );
  return (
    <FormField
      label="Security groups"
      description="With none chosen, the VPC's default group."
      errorText={error?.message}
    >
      <Multiselect
        options={options}
        selectedOptions={options.filter((option) => value.includes(option.value))}
        statusType={isPending ? 'loading' : 'finished'}
        placeholder="Choose security groups"
        empty="No security groups"
        onChange={({ detail }) =>
          onChange(detail.selectedOptions.map((option) => option.value ?? ''))
        }
      />
    </FormField>
  );
}
