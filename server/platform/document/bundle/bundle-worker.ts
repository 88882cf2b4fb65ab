import { parentPort, workerData } from 'node:worker_threads';
import { bind } from './bind.ts';
import type { BindFault, Bound, Bundle } from './bundle.ts';

/** 装订消息: the one thing the thread sends. */
export interface BundleMessage { readonly bound: Bound | BindFault }

if (parentPort !== null) {
  const port = parentPort;
  const bundle: Bundle = workerData;
  void bind(bundle).catch((): BindFault => 'broken').then((bound) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    port.postMessage({ bound } satisfies BundleMessage);
    port.close();
  });
}
