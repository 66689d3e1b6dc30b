import { byPattern, type RedactRule } from './rule.ts';

/** Directories at the top of a kernel tree: a source file's path below them says nothing of who built it. */
const TREE =
  /\/(?:arch|block|certs|crypto|drivers|fs|include|init|io_uring|ipc|kernel|lib|mm|net|rust|samples|security|sound|virt)\/(?:[\w.+-]+\/)*[\w.+-]+\.(?:c|h|S|rs)$/;

/** Values that are no secret under any name. */
const NO_SECRET = /^(?:0x[0-9a-f]+|[01]|none|null|\(null\)|yes|no|true|false)$/i;

/** What secrets are called. */
const SECRET_NAME = '(?:pass(?:word|wd|phrase)|secret|token|(?:api|access|private)[_-]?key|authorization|psk)';

/** What systemd's units end with. */
const UNIT_TYPE = '(?:service|socket|target|timer|mount|automount|slice|scope|device|path|swap)';

/** Accounts that many machines have, and words that logs hold anyway. */
const NOBODY =
  /^(?:root|user|users|admin|test|guest|ubuntu|debian|fedora|centos|ec2-user|vagrant|pi|linux|kernel|build|builder|git|bin|data|lost\+found)$/;

/** Whether a name tells one person from another: short ones are any word. */
export const namesPerson = (name: string): boolean => name.length > 2 && !NOBODY.test(name);

const HOME = /(?:\/home\/|\/Users\/|[A-Z]:\\Users\\)([A-Za-z_][\w.-]{2,31})/g;

/** Whose homes a text names: such a name is looked for everywhere. */
export const homeOwners = (text: string): string[] => [...text.matchAll(HOME)].map(([, name]) => name ?? '').filter(namesPerson);

/** People: names, paths, addresses, what they typed and what they keep secret. */
export const PEOPLE_RULES: readonly RedactRule[] = [
  byPattern({
    name: 'named credential',
    kind: 'secret',
    pattern: new RegExp(String.raw`(?<![a-z])${SECRET_NAME}["']?[=:][ \t]*(?:(?:bearer|basic)[ \t]+)?["']?(?<value>[^\s"',;]+)`, 'dgi'),
    spare: NO_SECRET,
  }),
  byPattern({
    name: 'credential in a URL',
    kind: 'secret',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?<value>[^\s/@:]{1,200}:[^\s/@]{1,200}@[^\s/:]{1,255})/dgi,
  }),
  byPattern({
    name: 'access key by its form',
    kind: 'secret',
    pattern: /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*)/dg,
  }),
  // kernel/audit.c and auditsc.c: quoted, or in hex where it holds odd bytes
  byPattern({ name: 'audited command', kind: 'arg', pattern: /\b(?:proctitle|cmd)=(?<value>"[^"]*"|[0-9A-F]{4,})/dg }),
  byPattern({ name: 'audited argument', kind: 'arg', pattern: /\ba\d{1,3}=(?<value>"[^"]*")/dg }),
  byPattern({ name: 'command run by sudo', kind: 'arg', pattern: /\bCOMMAND=(?<value>\S.*)$/dg }),
  byPattern({ name: 'audited account', kind: 'user', everywhere: true, pattern: /\b(?:acct|user)="(?<value>[^"]+)"/dg, spare: /^root$/ }),
  byPattern({
    name: 'user of a session',
    kind: 'user',
    everywhere: true,
    pattern: /\b(?:for (?:invalid )?user|Accepted \w+ for|sudo:) (?<value>[A-Za-z_][\w.-]*)/dg,
    spare: /^(?:root|user)$/,
  }),
  byPattern({
    name: 'path under a home directory',
    kind: 'path',
    pattern:
      /(?:(?:(?<![\w./-])(?:\/[\w.+-]+)+)?(?:\/home\/|\/Users\/)|(?<![\w.-])(?:\/(?:run\/)?media\/|\/root\/|[A-Z]:\\Users\\))[^\x00-\x20"'<>|:;,()[\]{}`*?\x7f]+/dg,
    spare: /^\/media\/cdrom\d?$/,
    // WARNING: at /home/me/linux/mm/slub.c:12 keeps mm/slub.c:12
    length: (value) => {
      const tree = TREE.exec(value)?.index;
      return tree !== undefined && tree > value.indexOf('/', 1) ? tree : value.length;
    },
  }),
  // init/version.c: `Linux version 6.1.0 (builder@machine) (gcc…`
  byPattern({ name: 'builder of the kernel', kind: 'email', pattern: /\bLinux version \S+ \((?<value>[^()\s@]+@[^()\s]+)\)/dg }),
  byPattern({
    name: 'e-mail address',
    kind: 'email',
    // systemd's template units and device-tree nodes have an @ too: getty@tty1.service, mmc@7e300000.mmc
    pattern: new RegExp(
      [
        String.raw`(?<![\w.+@-])[\w.+-]{1,64}@`,
        String.raw`(?!(?=[a-f]*\d)[0-9a-f]{5,}\b)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.`,
        String.raw`(?!${UNIT_TYPE}\b)[a-z]{2,24}(?![\w@-])`,
      ].join(''),
      'dgi',
    ),
    same: (value) => value.toLowerCase(),
  }),
];
