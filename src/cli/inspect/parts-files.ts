import { diskRows } from '../../machine/block/disks.ts';
import { directoriesOf, fileRows } from '../../machine/fs/files.ts';
import { mountRows } from '../../machine/fs/mounts.ts';
import { areaRows } from '../../machine/memory/areas.ts';
import { netRows } from '../../machine/net/devices.ts';
import { UsageError } from '../exit.ts';
import { partArguments, taskNamed } from './arguments.ts';
import type { Column, Part } from './part.ts';
import { answerText, bare } from './table.ts';

const FILES: readonly Column[] = [
  { key: 'fd', title: 'FD', right: true },
  { key: 'file', title: 'FILE', show: bare },
  { key: 'dentry', title: 'DENTRY', show: bare },
  { key: 'inode', title: 'INODE', show: bare },
  { key: 'type', title: 'TYPE' },
  { key: 'path', title: 'PATH' },
];

export const FILE_PARTS: readonly Part[] = [
  {
    name: 'mount',
    usage: 'mount [PID]',
    about: 'mounted file systems, as a task sees them; as init does when none is named',
    answer(inspection, args) {
      const [pid = '1'] = partArguments('mount', args, []).rest;
      return {
        rows: mountRows(inspection.kernel, taskNamed(inspection, pid, 'mount').struct),
        columns: [
          { key: 'mount', title: 'MOUNT', show: bare },
          { key: 'superblock', title: 'SUPERBLK', show: bare },
          { key: 'type', title: 'TYPE' },
          { key: 'device', title: 'DEVNAME' },
          { key: 'directory', title: 'DIRNAME' },
        ],
      };
    },
  },
  {
    name: 'files',
    usage: 'files PID',
    about: 'open files of a task',
    answer(inspection, args) {
      const task = taskNamed(inspection, partArguments('files', args, []).rest[0], 'files');
      const rows = fileRows(inspection.kernel, task.struct);
      const { root, cwd } = directoriesOf(task.struct);
      const text = (): string => `ROOT: ${root ?? '-'}    CWD: ${cwd ?? '-'}\n${answerText({ rows, columns: FILES })}`;
      return { rows, columns: FILES, text };
    },
  },
  {
    name: 'vm',
    usage: 'vm PID',
    about: 'mappings of a task’s memory',
    answer(inspection, args) {
      const task = taskNamed(inspection, partArguments('vm', args, []).rest[0], 'vm');
      const mm = task.struct.follow('mm', 'mm_struct');
      if (!mm && task.mm === 0n) throw new UsageError(`task ${task.pid} has no memory of its own: it is a kernel thread`);
      return {
        rows: mm ? areaRows(inspection.kernel, mm) : [],
        columns: [
          { key: 'vma', title: 'VMA', show: bare },
          { key: 'start', title: 'START', right: true, show: bare },
          { key: 'end', title: 'END', right: true, show: bare },
          { key: 'flags', title: 'FLAGS', right: true, show: bare },
          { key: 'file', title: 'FILE' },
        ],
      };
    },
  },
  {
    name: 'dev',
    usage: 'dev -d',
    about: 'disks and their requests in flight',
    answer({ kernel }, args) {
      if (!partArguments('dev', args, ['-d']).has('-d')) throw new UsageError('dev takes -d');
      return {
        rows: diskRows(kernel),
        columns: [
          { key: 'major', title: 'MAJOR', right: true },
          { key: 'gendisk', title: 'GENDISK', show: bare },
          { key: 'name', title: 'NAME' },
          { key: 'queue', title: 'REQUEST_QUEUE', show: bare },
          { key: 'total', title: 'TOTAL', right: true },
          { key: 'read', title: 'READ', right: true },
          { key: 'write', title: 'WRITE', right: true },
        ],
      };
    },
  },
  {
    name: 'net',
    usage: 'net',
    about: 'network devices and their IPv4 addresses',
    answer({ kernel }, args) {
      partArguments('net', args, []);
      return {
        rows: netRows(kernel),
        columns: [
          { key: 'device', title: 'NET_DEVICE', show: bare },
          { key: 'name', title: 'NAME' },
          { key: 'addresses', title: 'IP ADDRESS(ES)', show: (all) => (all as readonly string[]).join(', ') },
        ],
      };
    },
  },
];
