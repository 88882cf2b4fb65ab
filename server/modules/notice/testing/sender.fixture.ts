import { sendDue } from '#platform/notices/send.ts';
import { kitOn } from '#platform/testing/kit-on.ts';

// A worker of its own process that sends what is due; the receiver keeps it waiting, and the test kills it there.
const { kit } = await kitOn({ ownerUrl: process.argv[2] ?? '', drop: async () => undefined }, []);
await sendDue(kit);
