import { type LogFormat, seconds } from './format.ts';
import { FACILITIES, LEVELS } from './priority.ts';
import { safeCharacters } from './safe-text.ts';

/** dmesg --json of util-linux: records without text are left out, the dictionary is never shown. */
export function jsonFormat(options: { readonly decode: boolean; readonly caller: boolean }): LogFormat {
  let first = true;
  return {
    head: '{\n   "dmesg": [',
    record(r) {
      if (r.text === '') return '';
      const members: string[] = [];
      if (r.level !== undefined) {
        if (options.decode) members.push(`"fac": "${FACILITIES[r.facility ?? 0] ?? 'kern'}"`, `"pri": "${LEVELS[r.level]}"`);
        else members.push(`"pri": ${((r.facility ?? 0) << 3) | r.level}`);
      }
      if (r.usec !== undefined) members.push(`"time": ${seconds(r.usec).padStart(12)}`);
      if (options.caller && r.callerId !== undefined) members.push(`"caller": "${r.callerId}"`);
      members.push(`"msg": ${JSON.stringify(safeCharacters(r.text))}`);
      const open = first ? '\n      {' : ',{';
      first = false;
      return Buffer.from(`${open}\n         ${members.join(',\n         ')}\n      }`, 'utf8').toString('latin1');
    },
    end: () => (first ? ']\n}\n' : '\n   ]\n}\n'),
  };
}
