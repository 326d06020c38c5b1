import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import type { Answer, Call, HttpMessage } from '../api/call.ts';
import { printCli } from '../api/print-cli.ts';
import { printPython, printTypeScript } from '../api/print-code.ts';
import { printTemplate } from '../api/print-template.ts';
import { readSession } from '../api/session.ts';
import { usePreview } from '../api/use-call.ts';
import { Code } from './code.tsx';
import { Explanation } from './explanation.tsx';
import { Realization } from './realization.tsx';

/** The call behind a button: as it will be sent, and once it was, as it was. */
export function CallPanel({ call, answer }: { call: Call; answer?: Answer<unknown> | undefined }) {
  const [tab, setTab] = useState('cli');
  const { data, error } = usePreview(call);
  const session = readSession();
  const endpoint = location.origin;
  const http = answer?.sent ?? data;
  const texts: Record<string, [label: string, text: string | undefined]> = {
    cli: ['AWS CLI', printCli(call, endpoint, session)],
    http: ['HTTP', http ? printHttp(http) : (error?.message ?? '')],
    typescript: ['TypeScript', printTypeScript(call, endpoint, session)],
    python: ['Python', printPython(call, endpoint, session)],
    template: ['Template', printTemplate(call)],
  };
  return (
    <Container
      header={
        <Header
          variant="h3"
          description={answer ? 'This was sent.' : 'This is what the button sends.'}
          actions={<Realization value={answer?.realization} />}
        >
          {call.operation}
        </Header>
      }
    >
      <Tabs
        ariaLabel={`${call.operation} as a call`}
        activeTabId={tab}
        onChange={({ detail }) => setTab(detail.activeTabId)}
        tabs={Object.entries(texts).flatMap(([id, [label, text]]) =>
          text === undefined ? [] : [{ id, label, content: <Code label={label} text={text} /> }],
        )}
      />
      {answer && <Explanation title="How it was served" steps={answer.explanation} />}
    </Container>
  );
}

function printHttp({ method, path, headers, body }: HttpMessage): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  return `${method} ${path} HTTP/1.1\n${lines.join('')}\n${body}`;
}
