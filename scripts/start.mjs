// `npm start`: the main job on a bundled sample, a real vmcore in, what happened out.
import { spawnSync } from 'node:child_process';

const sample = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

function show(args, lines) {
  console.log(`\n$ lastkmsg ${args.join(' ')}${lines ? ` | tail -${lines}` : ''}\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exit(status ?? 1);
  }
  console.log((lines ? stdout.trimEnd().split('\n').slice(-lines).join('\n') : stdout).trimEnd());
}

show(['info', sample]);
show(['dmesg', sample], 6);
show(['--utc', sample]);
console.log(`\nThat was a real dump: what it is, the end of its log, what happened. The dashboard: node dist/cli.js tui ${sample}`);
