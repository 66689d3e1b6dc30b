import { words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { starts } from '../opens.ts';

/** Errors of the firmware's tables and methods: drivers/acpi/acpica/utxferror.c. */
export const ACPI = lines({
  acpi_error: {
    printer: 'drivers/acpi/acpica/utxferror.c acpi_error(), acpi_exception(), acpi_bios_error(); uterror.c acpi_ut_namespace_error()',
    releases: '`ACPI Exception: ` until 4.x; `Could not resolve` since 3.6, `Method parse/execution failed` until 4.x',
    examples: [
      'ACPI Error: Aborting method \\_SB.PCI0.XYZ0._STA due to previous error (AE_NOT_FOUND) (20230628/psparse-529)',
      'ACPI Error: Method parse/execution failed [\\_SB.PCI0.XYZ0._STA] (Node 00000000a1b2c3d4), AE_NOT_FOUND (20180810/psparse-514)',
      'ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.PCI0.XYZ0], AE_NOT_FOUND (20230628/dswload2-162)',
      'ACPI BIOS Error (bug): Failure creating named object [\\_SB.PCI0.XYZ0], AE_ALREADY_EXISTS (20230628/dswload2-326)',
      'ACPI Error: AE_NOT_FOUND, While resolving a named reference package element - \\_SB_.PCI0.XYZ0 (20230628/dspkginit-438)',
      'ACPI Exception: AE_BUFFER_OVERFLOW, Evaluating _XYZ (20120320/evevent-233)',
      'ACPI Error: [\\_SB_.XYZ0] Namespace lookup failure, AE_NOT_FOUND (20170831/psargs-364)',
      'ACPI Error: No handler for Region [EC__] (00000000a1b2c3d4) [EmbeddedControl] (20190816/evregion-132)',
      'ACPI Error: Region EmbeddedControl (ID=3) has no handler (20190816/exfldio-261)',
      'ACPI Error: 1 table load failures, 12 successful (20180810/tbxfload-246)',
    ],
    ...starts('line', ['ACPI Error: ', 'ACPI Exception: ', 'ACPI BIOS Error (bug): ', 'ACPI BIOS Error: ']),
    reads: [
      /: (?:Method parse\/execution failed|Aborting method) \[?(?<object>\\?[\w.]+)\]?.*?(?:, |\()(?<what>AE_\w+)/,
      /: Could not (?<operation>\w+) (?:symbol )?\[(?<object>[^\]]+)\], (?<what>AE_\w+)/,
      /: (?<what>AE_\w+), (?<context>[^(]*?) - (?<element>\S+) \(/,
      /: (?<what>AE_\w+), (?<context>[^(]*?) *(?:\(|$)/,
      /: \[(?<object>[^\]]+)\] (?<context>.*?), (?<what>AE_\w+)/,
      /: (?<what>[A-Za-z][^[(0-9]*?)[ ,]*(?:\[(?<element>[^\]]+)\].*?)?, (?<error>AE_\w+)/,
      /: (?<what>[A-Za-z][^[(0-9]*?) *\[(?<element>[^\]]+)\]/,
      /: Region (?<element>\w+) \(ID=\d+\) (?<what>has no handler)/,
      /: [\d\s]*(?<what>[A-Za-z][^[(0-9,]*)/,
    ],
    fields: { object: words, operation: words, what: words, context: words, element: words, error: words },
  },
});
