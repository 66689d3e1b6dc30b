import type { CstNode } from 'chevrotain';
import { camelCase, imageOf, nodesOf, tokensOf } from './cst.ts';
import { textAfter } from './lexing.ts';
import { type NumberReader, numberReader } from './numbers.ts';
import type { Counters, Gfp, LineBase, OomLine } from './values.ts';

/** `T` without the keys that are undefined: absent fields stay absent in JSON. */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}

const oddOf = (numbers: NumberReader): LineBase => (numbers.odd.length > 0 ? { odd: numbers.odd } : {});

/** Signed by nature; every other value of a pair is a count. */
const SIGNED = new Set(['order', 'oom_score_adj', 'oom_adj', 'oomkilladj', 'ret', 'node']);

/** What `fields` found: pairs by printed key, GFP mask, answers to questions. */
export interface Fields {
  readonly pairs: ReadonlyMap<string, { readonly value: number; readonly unit?: string }>;
  readonly answers: ReadonlyMap<string, string>;
  readonly gfp?: Gfp;
  readonly nodemask?: string;
  readonly cpuset?: string;
  readonly memsAllowed?: string;
}

const afterEquals = (image: string | undefined): string | undefined => image?.slice(image.indexOf('=') + 1);

/** Every entry that has a number, by its key; of two with one key the first. */
export function pairsOf(node: CstNode | undefined, numbers: NumberReader): Map<string, { value: number; unit?: string }> {
  const pairs = new Map<string, { value: number; unit?: string }>();
  for (const entry of nodesOf(node, 'entry')) {
    const amount = nodesOf(entry, 'amount')[0];
    const text = imageOf(amount, 'Num');
    if (text === undefined) continue;
    const key = imageOf(entry, 'Key') ?? '';
    const value = SIGNED.has(key) ? numbers.signed(text, key) : numbers.count(text, key);
    const unit = imageOf(amount, 'Unit');
    if (value !== undefined && !pairs.has(key)) pairs.set(key, unit === undefined ? { value } : { value, unit });
  }
  return pairs;
}

function gfpOf(node: CstNode | undefined): Gfp | undefined {
  const found = nodesOf(node, 'entry')
    .flatMap((entry) => nodesOf(entry, 'amount'))
    .find((amount) => imageOf(amount, 'Hex') !== undefined);
  const printed = imageOf(found, 'Hex');
  if (found === undefined || printed === undefined) return undefined;
  const flags = nodesOf(found, 'gfpFlag').flatMap((flag) => imageOf(flag, 'Key') ?? imageOf(flag, 'Hex') ?? []);
  const mask = `0x${printed
    .slice(2)
    .toLowerCase()
    .replace(/^0+(?=.)/, '')}`;
  return tokensOf(found, 'LParen').length > 0 ? { mask, flags } : { mask };
}

export function fieldsOf(node: CstNode | undefined, numbers: NumberReader): Fields {
  const fields = nodesOf(node, 'fields')[0];
  const answers = new Map(
    nodesOf(fields, 'entry')
      .filter((entry) => tokensOf(entry, 'Question').length > 0)
      .map((entry) => [imageOf(entry, 'Key', 0) ?? '', imageOf(entry, 'Key', 1) ?? '']),
  );
  return {
    pairs: pairsOf(fields, numbers),
    answers,
    ...present({
      gfp: gfpOf(fields),
      nodemask: afterEquals(imageOf(fields, 'Nodemask')),
      cpuset: textAfter(tokensOf(fields, 'Cpuset')[0]),
      memsAllowed: afterEquals(imageOf(fields, 'MemsAllowed')),
    }),
  };
}

/** Counters under their own names, the unit behind: `freeKb`; a count of pages or blocks has none. */
export function countersOf(pairs: Fields['pairs'], drop: readonly string[] = []): Counters {
  const counters: Record<string, number> = {};
  for (const [key, { value, unit }] of pairs) {
    if (!drop.includes(key)) counters[camelCase(key) + (unit === undefined ? '' : 'Kb')] = value;
  }
  return counters;
}

const answer = (fields: Fields): { allUnreclaimable?: boolean } => {
  const said = fields.answers.get('all_unreclaimable');
  return said === undefined ? {} : { allUnreclaimable: said === 'yes' };
};

const num = (fields: Fields, key: string): number | undefined => fields.pairs.get(key)?.value;
const unparen = (comm: string | undefined): string => (comm ?? '').replace(/^\(|\)$/g, '');

/** Syntax tree → value, one function a rule of the parser that has a value of its own. */
export const ACTIONS: Record<string, (node: CstNode, line: string) => OomLine | undefined> = {
  dumpHeader(node) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    return {
      type: 'invoked',
      comm: imageOf(node, 'InvokerComm') ?? '',
      ...present({
        gfp: fields.gfp,
        order: num(fields, 'order'),
        oomScoreAdj: num(fields, 'oom_score_adj'),
        oomAdj: num(fields, 'oom_adj') ?? num(fields, 'oomkilladj'),
        nodemask: fields.nodemask,
      }),
      ...oddOf(numbers),
    };
  },

  cpusetPrintCurrentMemsAllowed(node) {
    const fields = fieldsOf(node, numberReader());
    if (fields.cpuset === undefined) return undefined;
    return { type: 'cpuset', cpuset: fields.cpuset, ...present({ comm: imageOf(node, 'CpusetComm'), memsAllowed: fields.memsAllowed }) };
  },

  showFreeAreas(node) {
    const numbers = numberReader();
    return { type: 'memInfo', counters: countersOf(fieldsOf(node, numbers).pairs), ...oddOf(numbers) };
  },

  showNode(node) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    return { type: 'node', node: Number(imageOf(node, 'Num')), counters: countersOf(fields.pairs), ...answer(fields), ...oddOf(numbers) };
  },

  showZone(node) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    const id = numbers.count(imageOf(node, 'Num'), 'Node');
    return {
      type: 'zone',
      name: imageOf(node, 'Key') ?? '',
      counters: countersOf(fields.pairs),
      ...present({ node: id }),
      ...answer(fields),
      ...oddOf(numbers),
    };
  },

  lowmemReserve(node) {
    const numbers = numberReader();
    const pages = tokensOf(node, 'Num').flatMap((n) => numbers.count(n.image, 'lowmem_reserve') ?? []);
    return { type: 'lowmemReserve', pages, ...oddOf(numbers) };
  },

  freeAreaList(node) {
    const numbers = numberReader();
    const own = tokensOf(node, 'Num').map((n) => n.image);
    const hasNode = tokensOf(node, 'NodeWord').length > 0;
    const blocks = nodesOf(node, 'freeArea').flatMap((area, order) => {
      const count = numbers.count(imageOf(area, 'Num', 0), `order ${order}`);
      const sizeKb = numbers.count(imageOf(area, 'Num', 1), `order ${order} size`);
      const types = imageOf(area, 'Key');
      return count === undefined || sizeKb === undefined ? [] : [{ order, sizeKb, count, ...present({ types }) }];
    });
    return {
      type: 'buddy',
      name: imageOf(node, 'Key') ?? '',
      blocks,
      ...present({
        node: hasNode ? numbers.count(own[0], 'Node') : undefined,
        totalKb: numbers.count(own[hasNode ? 1 : 0], 'free blocks'),
      }),
      ...oddOf(numbers),
    };
  },

  hugetlbShowMeminfo(node) {
    const numbers = numberReader();
    const counters = Object.fromEntries(
      Object.entries(countersOf(fieldsOf(node, numbers).pairs)).map(([key, value]) => [
        camelCase(key.replace(/^hugepages(?=[A-Z])/, '')),
        value,
      ]),
    );
    return { type: 'hugepages', counters, ...present({ node: numbers.count(imageOf(node, 'Num'), 'Node') }), ...oddOf(numbers) };
  },

  showSwapCacheInfo(node, line) {
    const numbers = numberReader();
    const pairs = fieldsOf(node, numbers).pairs;
    if (line.startsWith('Swap cache')) {
      const found = /find (\d+)\/(\d+)/.exec(line);
      const counters = present({
        cacheAdd: pairs.get('add')?.value,
        cacheDelete: pairs.get('delete')?.value,
        cacheFindSuccess: numbers.count(found?.[1], 'find'),
        cacheFindTotal: numbers.count(found?.[2], 'find'),
      });
      return { type: 'swap', counters: counters as Counters, ...oddOf(numbers) };
    }
    const value = pairs.get('swap')?.value;
    const name = /^Free/i.test(line) ? 'freeKb' : 'totalKb';
    return { type: 'swap', counters: value === undefined ? {} : { [name]: value }, ...oddOf(numbers) };
  },

  showMemPages(node) {
    const numbers = numberReader();
    const pages = numbers.count(imageOf(node, 'Num'), 'pages');
    const words = tokensOf(node, 'Key').map((k) => k.image);
    const name = camelCase(words.filter((w) => w !== 'pages' && w !== 'of').join('_'));
    if (pages === undefined) return { type: 'ram', counters: {}, ...oddOf(numbers) };
    if (name === 'inSwapCache') return { type: 'swap', counters: { cachePages: pages } };
    return { type: 'ram', counters: { [RAM_NAMES[name] ?? name]: pages } };
  },

  dumpOomVictim(node) {
    const numbers = numberReader();
    const fields = fieldsOf(node, numbers);
    const inner = nodesOf(node, 'fields')[0];
    const constraint = nodesOf(inner, 'entry')
      .map((entry) => imageOf(entry, 'Key') ?? '')
      .find((word) => word.startsWith('CONSTRAINT_'));
    return {
      type: 'summary',
      globalOom: tokensOf(inner, 'GlobalOom').length > 0,
      ...present({
        constraint,
        nodemask: fields.nodemask,
        cpuset: fields.cpuset,
        memsAllowed: fields.memsAllowed,
        oomMemcg: textAfter(tokensOf(inner, 'OomMemcg')[0]),
        taskMemcg: textAfter(tokensOf(inner, 'TaskMemcg')[0]),
        task: textAfter(tokensOf(inner, 'TaskName')[0]),
        pid: num(fields, 'pid'),
        uid: num(fields, 'uid'),
      }),
      ...oddOf(numbers),
    };
  },

  oomKillProcess(node) {
    const numbers = numberReader();
    const pairs = pairsOf(node, numbers);
    const pid = numbers.count(imageOf(node, 'Num', 0), 'pid');
    if (pid === undefined) return undefined;
    const pinned = nodesOf(node, 'pinnedBy')[0];
    const score = nodesOf(node, 'killScore')[0];
    const message = imageOf(node, 'KillMessage')?.replace(/:?\s*$/, '');
    return {
      type:
        tokensOf(node, 'OomKillerPinned').length > 0
          ? 'pinned'
          : tokensOf(node, 'KilledProcess').length > 0
            ? 'killed'
            : tokensOf(node, 'OomVictim').length > 0
              ? 'exiting'
              : tokensOf(node, 'SharingSameMemory').length > 0
                ? 'sharing'
                : 'chosen',
      pid,
      comm: unparen(imageOf(node, 'ParenComm', 0)),
      counters: countersOf(pairs, ['UID', 'oom_score_adj']),
      ...present({
        message: message === '' ? undefined : message,
        score: numbers.signed(imageOf(score, 'Num'), 'score'),
        uid: pairs.get('UID')?.value ?? numbers.count(imageOf(nodesOf(node, 'killUid')[0], 'Num') ?? imageOf(node, 'Num', 1), 'UID'),
        oomScoreAdj: pairs.get('oom_score_adj')?.value,
        cgroup: textAfter(tokensOf(node, 'InCgroup')[0]),
        by: pinned && { pid: Number(imageOf(pinned, 'Num')), comm: unparen(imageOf(pinned, 'ParenComm')) },
      }),
      ...oddOf(numbers),
    };
  },

  oomReapTask(node) {
    const numbers = numberReader();
    const pid = numbers.count(imageOf(node, 'Num'), 'pid');
    if (pid === undefined) return undefined;
    return {
      type: 'reaped',
      pid,
      comm: unparen(imageOf(node, 'ParenComm')),
      unable: tokensOf(node, 'UnableToReap').length > 0,
      counters: countersOf(fieldsOf(node, numbers).pairs),
      ...oddOf(numbers),
    };
  },

  printOomGroup(node) {
    const path = textAfter(tokensOf(node, 'TasksIn')[0]);
    return path === undefined ? undefined : { type: 'oomGroup', path };
  },

  dumpUnreclaimableSlab(node) {
    const numbers = numberReader();
    const usedKb = numbers.count(imageOf(node, 'Num', 0), 'Used');
    const totalKb = numbers.count(imageOf(node, 'Num', 1), 'Total');
    if (usedKb === undefined || totalKb === undefined) return undefined;
    return { type: 'slab', name: imageOf(node, 'SlabName') ?? '', usedKb, totalKb };
  },

  allocTagTopUsers(node) {
    const numbers = numberReader();
    const size = imageOf(node, 'SizeText') ?? '';
    return {
      type: 'allocTag',
      size,
      bytes: bytesOf(size),
      site: imageOf(node, 'FileLine') ?? '',
      ...present({
        calls: numbers.count(imageOf(node, 'Num'), 'calls'),
        module: imageOf(node, 'ModuleName')?.slice(1, -1),
        func: imageOf(node, 'FuncName')?.slice('func:'.length),
      }),
      ...oddOf(numbers),
    };
  },
};

/** Words of `N pages …` → the contract's names. */
const RAM_NAMES: Readonly<Record<string, string>> = {
  rAM: 'pages',
  totalPagecache: 'pagecachePages',
  highMemMovableOnly: 'highmemPages',
  highMem: 'highmemPages',
  reserved: 'reservedPages',
  cmaReserved: 'cmaReservedPages',
  hwpoisoned: 'hwpoisonedPages',
  inPagetableCache: 'pagetableCachePages',
  shared: 'sharedPages',
  nonShared: 'nonSharedPages',
};

/** string_get_size(): `10.5 MiB` → bytes. */
function bytesOf(size: string): number {
  const found = /^([\d.]+) ([KMGTPE]?)(i?)B$/.exec(size);
  if (!found) return 0;
  return Math.round(Number(found[1]) * (found[3] ? 1024 : 1000) ** ' KMGTPE'.indexOf(found[2] || ' '));
}
