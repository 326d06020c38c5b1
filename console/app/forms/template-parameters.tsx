import type { ParameterDeclaration } from '@aws-sdk/client-cloudformation';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';

export type ParameterValues = Readonly<Record<string, string>>;

interface TemplateParametersProps {
  readonly declared: readonly ParameterDeclaration[];
  readonly values: ParameterValues;
  readonly onChange: (values: ParameterValues) => void;
}

/** A field for each parameter that a template declares. */
export function TemplateParameters({ declared, values, onChange }: TemplateParametersProps) {
  return (
    <Container header={<Header variant="h2">Parameters</Header>}>
      <SpaceBetween size="m">
        {declared.map((parameter) => {
          const { ParameterKey: key = '', DefaultValue = '', Description = '' } = parameter;
          return (
            <FormField key={key} label={key} description={Description}>
              <ParameterField
                parameter={parameter}
                value={values[key] ?? DefaultValue}
                onChange={(value) => onChange({ ...values, [key]: value })}
              />
            </FormField>
          );
        })}
      </SpaceBetween>
    </Container>
  );
}

interface ParameterFieldProps {
  readonly parameter: ParameterDeclaration;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
  const { ParameterConstraints: constraints, NoEcho } = parameter;
  const allowed = constraints?.AllowedValues ?? [];
  if (allowed.length === 0) {
    return (
      <Input
        type={NoEcho === true ? 'password' : 'text'}
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
      />
    );
  }
  return (
    <Select
      options={allowed.map((one) => ({ value: one, label: one }))}
      selectedOption={value === '' ? null : { value, label: value }}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
    />
  );
}
