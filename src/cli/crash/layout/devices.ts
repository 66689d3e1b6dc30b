import { printable } from '../../../output/text/printable.ts';
import type { Layout } from '../from-part.ts';
import { address, field } from './cell.ts';

/** `irq`: each handler has a line, as in crash. */
export const irqLayout: Layout = (rows, { inspection: { kernel } }) => {
  const line = (irq: string, desc: string, action: string, name: string): string => `${irq.padStart(3)}   ${desc}  ${action}  ${name}\n`;
  const unused = '    (unused)    ';
  const lines = rows.flatMap((row) => {
    const irq = field(row, 'irq');
    if (row.desc === undefined) return [line(irq, unused, unused, '')];
    const names = (row.actions as readonly string[] | undefined) ?? [];
    if (names.length === 0) return [line(irq, address(row, 'desc'), unused, '')];
    let action = kernel.struct('irq_desc', BigInt(String(row.desc))).follow('action', 'irqaction');
    return names.map((name, i) => {
      const at = action ? action.address.toString(16).padStart(16, '0') : '-'.padStart(16);
      action = action?.follow('next', 'irqaction');
      return line(i === 0 ? irq : '', i === 0 ? address(row, 'desc') : ' '.repeat(16), at, `"${printable(name)}"`);
    });
  });
  return [' IRQ   IRQ_DESC/_DATA      IRQACTION      NAME\n', ...lines].join('');
};

export const irqCountLayout: Layout = (rows, { inspection }) => {
  const { present } = inspection.kernel.cpus;
  const head = `     ${present.map((cpu) => `CPU${cpu}`.padStart(10)).join(' ')} \n`;
  return [
    head,
    ...rows.map((row) => {
      const counts = present.map((_, i) => String((row.counts as readonly number[] | undefined)?.[i] ?? '-').padStart(10)).join(' ');
      return `${field(row, 'irq').padStart(3)}: ${counts}  ${field(row, 'chip').padEnd(16)} ${field(row, 'name')}\n`;
    }),
  ].join('');
};

export const diskLayout: Layout = (rows) =>
  [
    'MAJOR GENDISK            NAME       REQUEST_QUEUE      TOTAL  READ WRITE\n',
    ...rows.map((row) => {
      const counts = `${field(row, 'total').padStart(5)} ${field(row, 'read').padStart(5)} ${field(row, 'write').padStart(5)}`;
      return `${field(row, 'major').padStart(5)} ${address(row, 'gendisk')}   ${field(row, 'name').padEnd(10)} ${address(row, 'queue')}   ${counts}\n`;
    }),
  ].join('');

export const netLayout: Layout = (rows) => {
  const width = rows.reduce((most, row) => Math.max(most, field(row, 'name').length), 'NAME '.length);
  return [
    `   NET_DEVICE     ${'NAME'.padEnd(width)}  IP ADDRESS(ES)\n`,
    ...rows.map((row) => {
      const all = ((row.addresses as readonly string[] | undefined) ?? []).join(', ');
      return `${address(row, 'device')}  ${field(row, 'name').padEnd(width)}  ${all}\n`;
    }),
  ].join('');
};

export const mountLayout: Layout = (rows) => {
  const width = (key: string, title: string): number => rows.reduce((most, row) => Math.max(most, field(row, key).length), title.length);
  const [types, devices] = [width('type', 'TYPE'), width('device', 'DEVNAME')];
  return [
    `     MOUNT           SUPERBLK     ${'TYPE'.padEnd(types)} ${'DEVNAME'.padEnd(devices)} DIRNAME\n`,
    ...rows.map((row) => {
      const names = `${field(row, 'type').padEnd(types)} ${field(row, 'device').padEnd(devices)} ${field(row, 'directory')}`;
      return `${address(row, 'mount')} ${address(row, 'superblock')} ${names}\n`;
    }),
  ].join('');
};
