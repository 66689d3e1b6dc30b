import type { Family } from '../../common/family.ts';
import { alone } from '../line-keys.ts';
import { AMD_GPU, RADEON_FIELDS } from './amd-lines.ts';
import { INTEL_GPU } from './intel-lines.ts';
import { MOBILE_GPU } from './mobile-lines.ts';
import { NVIDIA_GPU } from './nvidia-lines.ts';

/** Of lines that go on with the last one of a kind: few name the GPU, and few machines have two that fail at once. */
const gathers = (what: string) => (): string => what;

/** Graphics processors: faults of their memory, rings that stop, resets and how they end. */
export const gpu: Family = {
  name: 'gpu',
  lines: [AMD_GPU, RADEON_FIELDS, INTEL_GPU, NVIDIA_GPU, MOBILE_GPU].flatMap((table) => Object.values(table)),
  forms: [
    { name: 'single', needs: 'nothing', key: alone, single: true },
    { name: 'fault', needs: 'nothing', key: gathers('fault') },
    { name: 'fault-field', needs: 'nothing', key: gathers('fault'), further: true },
    { name: 'timeout', needs: 'nothing', key: gathers('timeout') },
    { name: 'timeout-field', needs: 'nothing', key: gathers('timeout'), further: true },
    { name: 'reset', needs: 'nothing', key: gathers('reset') },
    { name: 'lockup', needs: 'nothing', key: gathers('reset'), after: ['lockup'] },
    { name: 'reset-field', needs: 'nothing', key: gathers('reset'), further: true },
    { name: 'hang', needs: 'nothing', key: gathers('hang'), after: ['resetting'] },
    { name: 'resetting', needs: 'nothing', key: gathers('hang'), after: ['hang', 'resetting', 'failed'] },
    { name: 'failed', needs: 'nothing', key: gathers('hang'), after: ['hang', 'resetting', 'failed'] },
    { name: 'nouveau', needs: 'nothing', key: gathers('nouveau') },
    { name: 'nouveau-field', needs: 'nothing', key: gathers('nouveau'), further: true },
    { name: 'mobile', needs: 'nothing', key: gathers('mobile'), after: ['mobile'] },
    { name: 'mobile-field', needs: 'nothing', key: gathers('mobile'), further: true },
  ],
};
