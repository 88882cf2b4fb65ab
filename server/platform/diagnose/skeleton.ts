/** Words of PostgreSQL's, Node's and our own errors. What is not among them may be somebody's name and becomes a blank. */
const VOCABULARY = new Set(`a aborted accept access address after all already an and any are array as at attempt backup bad be because been before bind body broken busy by bytes
cache call canceled canceling cannot cascade change character check client clients closed code column commit concurrent conflict connect connection constraint constructor context conversion
convert copy could count current cursor data database date deadlock decode decrypt delete denied depth destroyed detected directory disk division do does done double duplicate
empty encoding end ended error escape exceeded exception excluded execute exhausted exist existing exists expected expired expression extension
fail failed fatal fetch field file flush for foreign format found from function get got group handle has have header heap held host idle in index infinite insert instead integer internal
interrupted into invalid is isolation it item iterable job json key language large left length limit line listen loader lock locked long lost malformed many match max memory message method
migration missing module more move must name named need network new no node not null number numeric object of off offset on one only open operation operator option or order out outside
overflow owner packet page parameter parse parser password peer pending permission pipe pool port position postgres prepared private process properties property protocol query queue
quota range read reading reason record recursion recursive refused rejected relation release remaining remote removed request required reset resource response restarted retry role rollback row rows run
running save schema seconds select send sequence serializable serialize server session set shutdown shutting signal size snapshot socket some space specified stack start starting state statement
still stop stream string such supported syntax system table task temporary terminated terminating text than that the then thread through time timed timeout timestamp timezone to token too transaction
trigger true truncate tuple type types unable undefined unexpected unexpectedly unhandled unique unknown unless unlock unrecognized until update use used user using utf8 uuid
valid value values view violates wait waiting was while with within without work worker write written wrong xml zero
bigint boolean bytea char jsonb smallint timestamptz varchar typeerror rangeerror syntaxerror referenceerror problem`.split(/\s+/));

const MOST = 300;

/**
 * 骨架: an error's words that can be nobody's — those of a fixed vocabulary, names of our own schema, and codes such as ECONNRESET or 23505. Everything else,
 * and so every name, number and quoted value, becomes `…`.
 */
export function skeletonOf(text: string, isOurs: (name: string) => boolean = () => false): string {
  const words = text.slice(0, 2_000).match(/[\p{L}\p{N}_.]+/gu) ?? [];
  const kept = words.map((word) => (VOCABULARY.has(word.toLowerCase()) || /^E[A-Z]{4,20}$/.test(word) || isOurs(word) ? word : '…'));
  return kept.filter((word, at) => word !== '…' || kept[at - 1] !== '…').join(' ').slice(0, MOST);
}

/** 调用位置: the frames of a stack, without the message above them and without the folder the program lies in. */
export function framesOf(stack: string): string[] {
  return [...stack.matchAll(/^\s+at (?:async )?(?:([\w.$<>[\] ]{1,80}) )?\(?(?:file:\/\/)?(\S*?)(?::(\d+):\d+)\)?$/gm)].slice(0, 12)
    .map(([, name = '', path = '', line = '']) => `${name} ${/(?:node:|(?:server|domain|contract|seeds|node_modules)\/).*$/.exec(path)?.[0] ?? '…'}:${line}`.trim());
}
