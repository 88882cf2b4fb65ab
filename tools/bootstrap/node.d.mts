/** Flags of the product's Node. */
export const MEMORY: readonly string[];
/** Is this version new enough to run the product itself? */
export function isNewEnough(version?: string): boolean;
/** Path of the Node to run the product with. @throws Error with one sentence when there is none */
export function chooseNode(root: string, version?: string): string;
/** The environment in which the chosen Node and the installed tools come first on PATH. */
export function environment(root: string, extra?: Readonly<Record<string, string>>): NodeJS.ProcessEnv;
