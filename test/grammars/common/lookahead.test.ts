// One token of lookahead as chevrotain's own strategy finds it: every decision of every grammar, for every token.
import { Alternation, type IProduction, LLkLookaheadStrategy, NonTerminal, type OptionalProductionType, type TokenType } from 'chevrotain';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CheckParser } from '../../../grammars/bug/parser.ts';
import { CallTraceParser } from '../../../grammars/call-trace/parser.ts';
import { OneToken } from '../../../grammars/common/lookahead.ts';
import type { LineParser } from '../../../grammars/common/parser.ts';
import { AtaParser } from '../../../grammars/hardware/block/ata-parser.ts';
import { DiskParser } from '../../../grammars/hardware/block/disk-parser.ts';
import { ScsiParser } from '../../../grammars/hardware/block/scsi-parser.ts';
import { BusParser } from '../../../grammars/hardware/bus/parser.ts';
import { FilesystemParser } from '../../../grammars/hardware/filesystem/parser.ts';
import { RasParser } from '../../../grammars/hardware/ras/parser.ts';
import { UserFaultParser } from '../../../grammars/hardware/user/parser.ts';
import { LockParser } from '../../../grammars/lock/parser.ts';
import { MemcgParser } from '../../../grammars/memcg/parser.ts';
import { OomParser } from '../../../grammars/oom/parser.ts';
import { OopsParser } from '../../../grammars/oops/parser.ts';
import { StallParser } from '../../../grammars/stall/parser.ts';

const HARDWARE = [AtaParser, BusParser, DiskParser, FilesystemParser, RasParser, ScsiParser, UserFaultParser];
const PARSERS = [CallTraceParser, CheckParser, LockParser, MemcgParser, OomParser, OopsParser, StallParser, ...HARDWARE];

const OPTIONAL = /^(?:Option|Repetition(?:Mandatory)?(?:WithSeparator)?)$/;

for (const Parser of PARSERS)
  test(`${Parser.name} decides as chevrotain would`, () => {
    const parser: LineParser = new Parser();
    const { tokensMap } = parser as unknown as { readonly tokensMap: Readonly<Record<string, TokenType>> };
    const strategies = [new OneToken(), new LLkLookaheadStrategy({ maxLookahead: 1 })];
    let compared = 0;
    for (const rule of Object.values(parser.getGAstProductions()))
      for (const part of partsOf(rule)) {
        const options = { rule, prodOccurrence: part.idx, maxLookahead: 1, hasPredicates: false, dynamicTokensEnabled: false };
        const decisions = strategies.map((strategy) => {
          if (part instanceof Alternation) return strategy.buildLookaheadForAlternation(options);
          return strategy.buildLookaheadForOptional({ ...options, prodType: part.constructor.name as OptionalProductionType });
        });
        for (const tokenType of Object.values(tokensMap)) {
          const next = { LA_FAST: () => ({ tokenType, tokenTypeIdx: tokenType.tokenTypeIdx }) };
          const [our, their] = decisions.map((decide) => Reflect.apply(decide, next, []));
          assert.is(our, their, `${rule.name}, ${part.constructor.name} ${part.idx}, at ${tokenType.name}`);
          compared++;
        }
      }
    assert.ok(compared > 0);
  });

test.run();

type Part = IProduction & { readonly idx: number; readonly definition?: readonly IProduction[] };

/** The places of a rule where a parser decides by the next token. */
function partsOf(part: { readonly definition?: readonly IProduction[] }): readonly Part[] {
  const inside = part instanceof NonTerminal ? [] : ((part.definition ?? []) as readonly Part[]).flatMap(partsOf);
  return part instanceof Alternation || OPTIONAL.test(part.constructor.name) ? [part as Part, ...inside] : inside;
}
