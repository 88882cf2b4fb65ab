import { runJob } from '#platform/jobs/run-job.ts';
import { kitOn } from '#platform/testing/kit-on.ts';
import { obligation } from '#modules/obligation/index.ts';
import { complaint } from '../index.ts';

// A worker of its own process that runs one job; it kills itself with SIGKILL at the point of the import that SHANZHI_CRASH_AT names.
const [ownerUrl = '', jobId = ''] = process.argv.slice(2);
const { kit } = await kitOn({ ownerUrl, drop: async () => undefined }, [obligation, complaint]);
await runJob(kit, jobId);
process.exit(0);
