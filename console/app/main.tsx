import '@cloudscape-design/global-styles/index.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ComponentType, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Shell } from './ui/shell.tsx';
import { followTheme } from './ui/theme.ts';

/** A page in a file of its own, loaded when it is first gone to. */
function page(load: () => Promise<ComponentType>) {
  const Page = lazy(async () => ({ default: await load() }));
  return <Page />;
}

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true } },
});

const pages = {
  '/': page(async () => (await import('./pages/home.tsx')).Home),
  '/ec2/instances': page(async () => (await import('./pages/instances.tsx')).Instances),
  '/ec2/instances/launch': page(
    async () => (await import('./forms/launch-instance.tsx')).LaunchInstance,
  ),
  '/ec2/instances/:id': page(async () => (await import('./pages/instance.tsx')).Instance),
  '/ec2/key-pairs': page(async () => (await import('./pages/key-pairs.tsx')).KeyPairs),
  '/dynamodb/tables': page(async () => (await import('./pages/tables.tsx')).Tables),
  '/dynamodb/tables/create': page(
    async () => (await import('./forms/create-table.tsx')).CreateTable,
  ),
  '/dynamodb/tables/:name': page(async () => (await import('./pages/table.tsx')).Table),
  '/dynamodb/tables/:name/put-item': page(
    async () => (await import('./forms/put-item.tsx')).PutItem,
  ),
  '/cloudformation/stacks': page(async () => (await import('./pages/stacks.tsx')).Stacks),
  '/cloudformation/stacks/deploy': page(
    async () => (await import('./forms/deploy-stack.tsx')).DeployStack,
  ),
  '/cloudformation/stacks/:name': page(async () => (await import('./pages/stack.tsx')).Stack),
  '/activity': page(async () => (await import('./pages/activity.tsx')).Activity),
  '*': page(async () => (await import('./pages/not-found.tsx')).NotFound),
};

followTheme();
const place = document.querySelector('#app');
if (!place) throw new Error('index.html has no place for the application');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/_alacarte/console">
        <Routes>
          <Route element={<Shell />}>
            {Object.entries(pages).map(([path, element]) => (
              <Route key={path} path={path} element={element} />
            ))}
          </Route>
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
