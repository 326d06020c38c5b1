import {
  CreateChangeSetCommand,
  DescribeStacksCommand,
  GetTemplateSummaryCommand,
} from '@aws-sdk/client-cloudformation';
import Container from '@cloudscape-design/components/container';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { cloudformation } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { CallError } from '../ui/call-error.tsx';
import { CallForm } from '../ui/call-form.tsx';
import { TemplateParameters, type ParameterValues } from './template-parameters.tsx';
import { useGo } from '../ui/use-go.ts';

/** A template becomes a change set, which the stack's page shows before it is carried out. */
export function DeployStack() {
  const go = useGo();
  const [search] = useSearchParams();
  const [name, setName] = useState(search.get('stack') ?? '');
  const [template, setTemplate] = useState('');
  const [given, setGiven] = useState<ParameterValues>({});
  const [changeSetName] = useState(() => `console-${Date.now()}`);
  const hasTemplate = template.trim() !== '';
  const summary = useRead(cloudformation(GetTemplateSummaryCommand, { TemplateBody: template }), {
    enabled: hasTemplate,
  });
  const { data: existing } = useRead(cloudformation(DescribeStacksCommand, {}));
  const state = existing?.output.Stacks?.find((stack) => stack.StackName === name)?.StackStatus;
  const isNew = state === undefined || state === 'REVIEW_IN_PROGRESS';
  const { Parameters: parameters = [], Capabilities: capabilities } = summary.data?.output ?? {};
  const values = parameters.map(({ ParameterKey = '', DefaultValue = '' }) => ({
    ParameterKey,
    ParameterValue: given[ParameterKey] ?? DefaultValue,
  }));
  const problem = !hasTemplate
    ? 'Give a template.'
    : name === ''
      ? 'Name the stack.'
      : summary.error?.message;
  return (
    <CallForm
      title={search.has('stack') ? 'Update a stack' : 'Deploy a stack'}
      description="First a change set is made. Nothing changes until you have seen it and execute it."
      submit="Create change set"
      call={cloudformation(CreateChangeSetCommand, {
        ...{ StackName: name, ChangeSetName: changeSetName },
        ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
        TemplateBody: template,
        ...(values.length > 0 && { Parameters: values }),
        ...(capabilities?.length && { Capabilities: capabilities }),
      })}
      problem={problem}
      onDone={() => go(`/cloudformation/stacks/${name}`)}
    >
      <Container header={<Header variant="h2">The stack</Header>}>
        <SpaceBetween size="m">
          <FormField label="Stack name">
            <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <TemplateField value={template} onChange={setTemplate} />
          <CallError error={hasTemplate ? summary.error : null} />
        </SpaceBetween>
      </Container>
      {parameters.length > 0 && (
        <TemplateParameters declared={parameters} values={given} onChange={setGiven} />
      )}
    </CallForm>
  );
}

function TemplateField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <FormField label="Template" description="YAML or JSON: drop a file, or paste it." stretch>
      <SpaceBetween size="xs">
        <FileUpload
          value={[]}
          accept=".yaml,.yml,.json,.template"
          i18nStrings={{
            uploadButtonText: () => 'Choose a file',
            dropzoneText: () => 'Drop the template here',
            removeFileAriaLabel: () => 'Remove the file',
            limitShowFewer: 'Fewer',
            limitShowMore: 'More',
            errorIconAriaLabel: 'Error',
          }}
          onChange={({ detail }) => void detail.value[0]?.text().then(onChange)}
        />
        <Textarea
          rows={14}
          spellcheck={false}
          ariaLabel="Template"
          placeholder={'Resources:\n  Table:\n    Type: AWS::DynamoDB::Table'}
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </SpaceBetween>
    </FormField>
  );
}
