import type { Lexer } from 'chevrotain';
import type { HeadRule } from '../call-trace/head.ts';
import type { Parsed } from '../common/parser.ts';
import { BLOCK_HEADS } from './heads/block.ts';
import { BUS_HEADS } from './heads/bus.ts';
import { FILESYSTEM_HEADS } from './heads/filesystem.ts';
import { INTERRUPT_HEADS } from './heads/interrupt.ts';
import { MEMORY_HEADS } from './heads/memory.ts';
import { NET_HEADS } from './heads/net.ts';
import { PLATFORM_HEADS } from './heads/platform.ts';
import { USER_HEADS } from './heads/user.ts';
import { HardwareParser, hardwareLexer } from './parser.ts';

/** The tables, each a small grammar of its own: a storm of disk errors meets no token of other trades. */
export const TABLES = {
  memory: MEMORY_HEADS,
  bus: BUS_HEADS,
  platform: PLATFORM_HEADS,
  interrupt: INTERRUPT_HEADS,
  block: BLOCK_HEADS,
  filesystem: FILESYSTEM_HEADS,
  net: NET_HEADS,
  user: USER_HEADS,
} as const satisfies Record<string, readonly HeadRule[]>;

export type Table = keyof typeof TABLES;

const made: Partial<Record<Table, { parser: HardwareParser; lexer: Lexer }>> = {};

/** Reads a block of lines by one table; never throws. */
export function parseHardware(table: Table, text: string): Parsed {
  const heads = TABLES[table];
  made[table] ??= { parser: new HardwareParser(heads), lexer: hardwareLexer(heads) };
  const { parser, lexer } = made[table];
  return parser.read(text, lexer);
}
