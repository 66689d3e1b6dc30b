import { address } from '../../../grammars/common/numbers.ts';
import type { Report } from '../../report/report.ts';
import type { Details } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, gather, readReport } from '../facts/facts.ts';
import { taskOf } from '../facts/task.ts';
import { type Fields, fill, type Rule, type Rules } from './old-rule.ts';

/** Printed in hex without saying so, or with `0x`: they stay hex strings. */
const HEX = new Set(
  'status mcgStatus tsc address misc ppin syndrome ipid cpuid apic microcode ip sp lr error esr code flags otherFlags mask page offset pfn base length fsr emask resEmask sact serr action cmd op sct sc csts reason value segment teid interruption domain'.split(
    ' ',
  ),
);
/** Fields that are the event's own, or only serve the title. */
const OWN = new Set(['text', 'comm', 'pid', 'frame', 'rest', 'said', 'words', 'gpf', 'exception']);
/** Names that a regular expression cannot use twice, or that a frame would claim. */
const RENAMED: Readonly<Record<string, string>> = {
  module_: 'module',
  page_: 'page',
  device2: 'device',
  server2: 'server',
  errno2: 'errno',
  channel2: 'channel',
};

/** A builder by one table: the first line with a rule names the event, the others add their fields. */
export function hardwareBuilder(rules: Rules): (report: Report) => Draft | undefined {
  return (report) => {
    const facts = gather(report, readReport(report));
    const telling = facts.heads.filter((h) => rules[h.rule] !== undefined);
    const main = telling.find((h) => rules[h.rule]?.weak !== true) ?? telling[0];
    const rule = main === undefined ? undefined : rules[main.rule];
    if (main === undefined || rule === undefined) return undefined;
    const fields = merged([main.fields, ...facts.heads.map((h) => h.fields), runningOf(rule, facts)]);
    if (rule.unless?.(fields)) return undefined;
    return draftOf(rule, fields, facts, main.rule);
  };
}

function draftOf(rule: Rule, fields: Fields, facts: Facts, name: string): Draft {
  const derived = rule.derive?.(fields) ?? {};
  const all: Record<string, string> = { ...fields };
  for (const [key, value] of Object.entries(derived)) all[key] = String(value);
  const title = typeof rule.title === 'string' ? fill(rule.title, all) : rule.title(all);
  const details = { ...detailsOf(fields), ...derived };
  const own = rule.event?.(all) ?? {};
  const fold = rule.fold === false ? undefined : [rule.kind, name, title, ...(rule.fold ?? ['device']).map((f) => all[f] ?? '')].join('\n');
  return baseDraft(facts, {
    kind: rule.kind,
    severity: typeof rule.severity === 'string' ? rule.severity : rule.severity(all),
    naming: {
      title,
      bare: title,
      alt: (rule.alt ?? []).map((t) => fill(t, all)),
      frames: rule.frames?.(all) ?? [],
      fold: fold === undefined ? undefined : { key: fold, minimum: rule.minimum },
    },
    extra: {
      ...(Object.keys(details).length === 0 ? {} : { details }),
      ...own,
      ...(own.task === undefined ? {} : { task: { ...taskOf(facts), ...own.task } }),
    },
  });
}

/** Some heads of user faults name no process: the CPU line behind them does. */
function runningOf(rule: Rule, { cpu }: Facts): Fields {
  if (rule.kind !== 'user-fault' || cpu === undefined) return {};
  return { ...(cpu.comm === undefined ? {} : { comm: cpu.comm }), ...(cpu.pid === undefined ? {} : { pid: String(cpu.pid) }) };
}

function merged(list: readonly Fields[]): Fields {
  const all: Record<string, string> = {};
  for (const fields of list) {
    for (const [key, value] of Object.entries(fields)) {
      const name = RENAMED[key] ?? key;
      if (name !== 'text' && value !== '') all[name] ??= value.trim();
    }
  }
  return all;
}

function detailsOf(fields: Fields): Details {
  const details: Details = {};
  for (const [key, value] of Object.entries(fields)) {
    if (OWN.has(key)) continue;
    if (key === 'vendorId' || key === 'deviceId') details[key] = address(value);
    else if (/^0x[0-9a-f]+$/i.test(value) || (HEX.has(key) && /^[0-9a-f]+$/i.test(value))) details[key] = address(value);
    else if (/^-?\d{1,15}$/.test(value)) details[key] = Number(value);
    else details[key] = value.replace(/[^\x20-\x7e]/g, '?');
  }
  return details;
}
