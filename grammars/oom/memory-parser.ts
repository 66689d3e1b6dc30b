import { camelCase } from './camel-case.ts';
import * as f from './field-tokens.ts';
import { FieldsParser } from './fields-parser.ts';
import { present } from './line-fields.ts';
import * as t from './memory-tokens.ts';
import type { BuddyBlock } from './values.ts';

/** The dump of the machine's memory: mm/show_mem.c (mm/page_alloc.c until 6.3, lib/show_mem.c), mm/hugetlb.c, mm/swap_state.c, mm/slab_common.c. */
export abstract class MemoryParser extends FieldsParser {
  /** The counters of the whole machine, pages. */
  readonly show_free_areas = this.RULE('show_free_areas', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => this.tell({ type: 'memInfo', counters: this.said.counters() }));
  });

  /** `Node 0 `: all zones' and huge pages' lines have it with CONFIG_NUMA only. */
  private readonly node = this.RULE('node', () => {
    this.CONSUME(f.NodeWord);
    const { image } = this.CONSUME(f.Num);
    return this.ACTION(() => this.said.count(image, 'Node'));
  });

  readonly show_free_areas_node = this.RULE('show_free_areas_node', () => {
    this.begin();
    const node = this.SUBRULE(this.node);
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      if (node !== undefined) this.tell({ type: 'node', node, counters: this.said.counters(), ...this.said.allUnreclaimable });
    });
  });

  readonly show_free_areas_zone = this.RULE('show_free_areas_zone', () => {
    this.begin();
    let node: number | undefined;
    this.OPTION(() => {
      node = this.SUBRULE(this.node);
    });
    const name = this.CONSUME(f.Key).image;
    this.OPTION2(() => this.CONSUME(f.Colon));
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      this.tell({ type: 'zone', name, counters: this.said.counters(), ...present({ node }), ...this.said.allUnreclaimable });
    });
  });

  readonly show_free_areas_reserve = this.RULE('show_free_areas_reserve', () => {
    this.begin();
    const pages: number[] = [];
    this.CONSUME(f.Key);
    this.OPTION(() => this.CONSUME(f.Colon));
    this.MANY(() => {
      const { image } = this.CONSUME(f.Num);
      this.ACTION(() => {
        const count = this.said.count(image, 'lowmem_reserve');
        if (count !== undefined) pages.push(count);
      });
    });
    this.MANY2(() => this.SUBRULE(this.stranger));
    this.ACTION(() => this.tell({ type: 'lowmemReserve', pages }));
  });

  /** Free blocks by order; migrate types behind a count that is not 0 since 3.9. */
  readonly show_free_areas_buddy = this.RULE('show_free_areas_buddy', () => {
    this.begin();
    const areas: { readonly image: string; types?: string }[] = [];
    let node: number | undefined;
    let total: string | undefined;
    this.OPTION(() => {
      node = this.SUBRULE(this.node);
    });
    const name = this.CONSUME(f.Key).image;
    this.CONSUME(f.Colon);
    this.MANY(() =>
      this.OR([
        { ALT: () => areas.push({ image: this.CONSUME(t.FreeArea).image }) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.MigrateTypes);
            this.ACTION(() => Object.assign(areas.at(-1) ?? {}, { types: image.slice(1, -1) }));
          },
        },
        {
          ALT: () => {
            this.CONSUME(f.Equals);
            this.OPTION2(() => {
              total = this.CONSUME(f.Num).image;
            });
          },
        },
        // what a cut line leaves of its last block
        { ALT: () => this.CONSUME2(f.Num) },
        { ALT: () => this.CONSUME(f.Unit) },
        { ALT: () => this.CONSUME2(f.Key) },
        { ALT: () => this.CONSUME(f.Other) },
      ]),
    );
    this.ACTION(() => {
      const blocks = areas.flatMap(({ image, types }, order) => this.freeBlock(image, order, types) ?? []);
      this.tell({ type: 'buddy', name, blocks, ...present({ node, totalKb: this.said.count(total, 'free blocks') }) });
    });
  });

  /** `3*16kB` */
  private freeBlock(image: string, order: number, types: string | undefined): BuddyBlock | undefined {
    const star = image.indexOf('*');
    const count = this.said.count(image.slice(0, star), `order ${order}`);
    const sizeKb = this.said.count(image.slice(star + 1, -2), `order ${order} size`);
    return count === undefined || sizeKb === undefined ? undefined : { order, sizeKb, count, ...(types ? { types } : {}) };
  }

  readonly hugetlb_show_meminfo_node = this.RULE('hugetlb_show_meminfo_node', () => {
    this.begin();
    let node: number | undefined;
    this.OPTION(() => {
      node = this.SUBRULE(this.node);
    });
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      // `hugepages_total` → `total`
      const named = Object.entries(this.said.counters()).map(([key, value]) => [camelCase(key.replace(/^hugepages(?=[A-Z])/, '')), value]);
      this.tell({ type: 'hugepages', counters: Object.fromEntries(named), ...present({ node }) });
    });
  });

  /** `Swap cache stats: add 1, delete 2, find 3/4`: until 5.18. */
  readonly show_swap_cache_info = this.RULE('show_swap_cache_info', () => {
    this.begin();
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const find = this.said.pairs.get('find');
      this.tell({
        type: 'swap',
        counters: present({
          cacheAdd: this.said.value('add'),
          cacheDelete: this.said.value('delete'),
          cacheFindSuccess: find?.value,
          cacheFindTotal: find?.of,
        }),
      });
    });
  });

  /** `Free swap  = 1kB`, `Total swap = 2kB`. */
  readonly show_swap_cache_info_size = this.RULE('show_swap_cache_info_size', () => {
    this.begin();
    const which = this.CONSUME(f.Key).image;
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      const kb = this.said.value('swap');
      this.tell({ type: 'swap', counters: kb === undefined ? {} : { [`${camelCase(which)}Kb`]: kb } });
    });
  });

  /** `524158 pages RAM`: what is counted is what the words behind the number say. */
  readonly __show_mem_pages = this.RULE('__show_mem_pages', () => {
    this.begin();
    const words: string[] = [];
    const { image } = this.CONSUME(f.Num);
    this.MANY(() => this.OR([{ ALT: () => words.push(this.CONSUME(f.Key).image) }, { ALT: () => this.SUBRULE(this.stranger) }]));
    this.ACTION(() => {
      const pages = this.said.count(image, 'pages');
      const name = camelCase(words.filter((w) => w !== 'pages' && w !== 'of').join('_'));
      if (pages === undefined) this.tell({ type: 'ram', counters: {} });
      else if (name === 'inSwapCache') this.tell({ type: 'swap', counters: { cachePages: pages } });
      else this.tell({ type: 'ram', counters: { [RAM_NAMES.get(name) ?? name]: pages } });
    });
  });

  readonly dump_unreclaimable_slab = this.RULE('dump_unreclaimable_slab', () => {
    this.begin();
    const name = this.CONSUME(t.SlabName).image;
    const used = this.CONSUME(f.Num).image;
    this.CONSUME(f.Unit);
    const total = this.CONSUME2(f.Num).image;
    this.CONSUME2(f.Unit);
    this.ACTION(() => {
      const usedKb = this.said.count(used, `${name} used`);
      const totalKb = this.said.count(total, `${name} total`);
      if (usedKb !== undefined && totalKb !== undefined) this.tell({ type: 'slab', name, usedKb, totalKb });
    });
  });

  /** The ten greatest allocation sites: lib/alloc_tag.c alloc_tag_top_users(). */
  readonly __show_mem_site = this.RULE('__show_mem_site', () => {
    this.begin();
    let module: string | undefined;
    let func: string | undefined;
    const size = this.CONSUME(t.SizeText).image;
    const calls = this.CONSUME(f.Num).image;
    const site = this.CONSUME(t.FileLine).image;
    this.OPTION(() => {
      module = this.CONSUME(t.ModuleName).image.slice(1, -1);
    });
    this.OPTION2(() => {
      func = this.CONSUME(t.FuncName).image.slice('func:'.length);
    });
    this.SUBRULE(this.fields);
    this.ACTION(() => {
      this.tell({
        type: 'allocTag',
        size,
        bytes: bytesOf(size),
        site,
        ...present({ calls: this.said.count(calls, 'calls'), module, func }),
      });
    });
  });
}

/** Words of `N pages …` → the contract's names. */
const RAM_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

/** string_get_size(): `10.5 MiB` → bytes. */
function bytesOf(size: string): number {
  const found = /^([\d.]+) ([KMGTPE]?)(i?)B$/.exec(size);
  if (!found) return 0;
  return Math.round(Number(found[1]) * (found[3] ? 1024 : 1000) ** ' KMGTPE'.indexOf(found[2] || ' '));
}
