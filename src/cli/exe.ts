/** The single executable: one file that is `vmcore-dmesg` where it is called so, as busybox does it. */
import { basename } from 'node:path';

if (basename(process.argv[1] ?? '') === 'vmcore-dmesg') await import('./vmcore-dmesg.ts');
else await import('./main.ts');
