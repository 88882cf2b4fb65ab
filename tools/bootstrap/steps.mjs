// Runs steps in order and adds up what they counted.

/** A step: { name, run } where run resolves with { passed, failed }. Each runs whatever became of the ones before it. */
export async function runSteps(steps, { say = console.log } = {}) {
  const results = [];
  for (const { name, run } of steps) {
    say(`\n=== ${name} ===`);
    const began = performance.now();
    let counted;
    try {
      counted = await run();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      counted = { passed: 0, failed: 1 };
    }
    const seconds = (performance.now() - began) / 1000;
    results.push({ name, seconds, ...counted });
    say(`--- ${name}: ${counted.passed} passed, ${counted.failed} failed, ${seconds.toFixed(1)} s`);
  }
  return results;
}

/** The table of steps and, as its last line, exactly `N passed, N failed`. */
export function report(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const lines = results.map(({ name, passed, failed, seconds }) => `${name.padEnd(24)} ${String(passed).padStart(6)} passed ${String(failed).padStart(5)} failed ${seconds.toFixed(1).padStart(8)} s`);
  return ['', ...lines, '', `${sum('passed')} passed, ${sum('failed')} failed`].join('\n');
}

/**
 * Counts Vitest's JSON report: a file that could not be run at all, and an error outside any test, count as one failure
 * each; so does a test that was skipped, because a skipped test promises what nobody checked.
 */
export function countVitest(json, exitCode) {
  const tests = json.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const broken = json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status === 'passed')).length;
  const failed = tests.length - passed + broken;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
