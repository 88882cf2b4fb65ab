import './before.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { router } from './routes.tsx';
import { theme } from './theme.ts';
import './styles.css';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ProblemError) || error.status === 0 || error.status === 503),
      refetchOnWindowFocus: false,
      placeholderData: (before: unknown, query?: { meta?: Readonly<Record<string, unknown>> | undefined }) => (query?.meta?.['keeps'] === true ? before : undefined),
    },
  },
});
// A session that ended elsewhere: whatever page notices it first, the shell then shows the sign-in page, and comes back to the
// form with what was typed. A form refused because somebody signed in anew in another window shows who is signed in now.
client.getMutationCache().subscribe(({ type, mutation }) => {
  if (type !== 'updated' || !(mutation.state.error instanceof ProblemError)) return;
  if (mutation.state.error.code === 'session.required') client.setQueryData(['/me'], null);
  if (mutation.state.error.code === 'session.cross-site') void client.invalidateQueries({ queryKey: ['/me'] });
});
client.getQueryCache().subscribe(({ query, type }) => {
  if (type === 'updated' && query.queryKey[0] !== '/me' && query.state.error instanceof ProblemError && query.state.error.status === 401) client.setQueryData(['/me'], null);
});

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <App><QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider></App>
      </ConfigProvider>
    </StrictMode>,
  );
}
