/** The environment of a command that a test starts: nothing of the test's own but where programs lie, and the code that was compiled before. */
export const childEnv = (settings: Readonly<Record<string, string>>): Record<string, string> => {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }), ...settings };
};
