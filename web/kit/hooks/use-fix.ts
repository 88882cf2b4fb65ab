import { useUrlState } from './use-url-state.ts';

/** 要补的一项: the field that the reader came to mend (`?fix=` of the address); its form stands open and the cursor in it. */
export function useFix(): string | undefined {
  const [{ fix }] = useUrlState();
  return fix;
}
