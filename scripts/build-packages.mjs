// npm run build:packages: a .deb by dpkg-deb and an .rpm by rpmbuild, out of the single executable, with manual page, completions and
// examples. A packager that is not installed is left out, and that is said. Written to build/.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const EXE = resolve('build/lastkmsg');
if (!existsSync(EXE)) throw new Error('run npm run build:exe first');
const { version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const SUMMARY = 'what a Linux crash dump or kernel log says happened';
const ARCH = { x64: { deb: 'amd64', rpm: 'x86_64' }, arm64: { deb: 'arm64', rpm: 'aarch64' } }[process.arch];
if (ARCH === undefined) throw new Error(`no packages for ${process.arch}`);
const SAMPLE = 'x86_64-5.10-two-ooms-then-oops';

const gzip = (content) => gzipSync(content, { level: 9 });
const say = (...args) => run(EXE, args);

deb();
rpm();

/** Every file of the packages but what a packager adds. @param zsh where its completions are kept */
function lay(root, zsh) {
  rmSync(root, { recursive: true, force: true });
  const put = (path, content, mode = 0o644) => {
    const to = join(root, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content);
    chmodSync(to, mode);
  };
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  copyFileSync(EXE, join(root, 'usr/bin/lastkmsg'));
  chmodSync(join(root, 'usr/bin/lastkmsg'), 0o755);
  put('usr/share/man/man1/lastkmsg.1.gz', gzip(say('completion', 'man')));
  put('usr/share/bash-completion/completions/lastkmsg', say('completion', 'bash'));
  put(`${zsh}/_lastkmsg`, say('completion', 'zsh'));
  put('usr/share/fish/vendor_completions.d/lastkmsg.fish', say('completion', 'fish'));
  put('usr/share/doc/lastkmsg/README.md', readFileSync('README.md'));
  put('usr/share/doc/lastkmsg/copyright', readFileSync('LICENSE'));
  put('usr/share/doc/lastkmsg/changelog.gz', gzip(readFileSync('CHANGELOG.md')));
  cpSync(join('samples', SAMPLE), join(root, 'usr/share/doc/lastkmsg/examples', SAMPLE), { recursive: true });
}

function deb() {
  if (!has('dpkg-deb')) return;
  const root = resolve('build/deb');
  lay(root, 'usr/share/zsh/vendor-completions');
  mkdirSync(join(root, 'DEBIAN'));
  writeFileSync(
    join(root, 'DEBIAN/control'),
    `Package: lastkmsg
Version: ${version}
Architecture: ${ARCH.deb}
Maintainer: The lastkmsg authors <lastkmsg@localhost>
Section: admin
Priority: optional
Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1, libatomic1
Suggests: kdump-tools, p7zip-full
Description: ${SUMMARY}
 ${description}.
`,
  );
  // what the hook laid outside of the package goes with it
  writeFileSync(join(root, 'DEBIAN/prerm'), '#!/bin/sh\n[ "$1" != remove ] || lastkmsg hook remove >/dev/null 2>&1 || true\n');
  chmodSync(join(root, 'DEBIAN/prerm'), 0o755);
  const file = resolve(`build/lastkmsg_${version}_${ARCH.deb}.deb`);
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', root, file]);
  console.log(file);
}

function rpm() {
  if (!has('rpmbuild')) return;
  const root = resolve('build/rpm-root');
  lay(root, 'usr/share/zsh/site-functions');
  const top = resolve('build/rpm');
  const spec = resolve('build/lastkmsg.spec');
  // the executable is node with our files behind it: stripped, or with its debuginfo taken out, it is none any more
  writeFileSync(
    spec,
    `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%define _binary_payload w2.xzdio
Name: lastkmsg
Version: ${version.replace(/-/g, '~')}
Release: 1
Summary: ${SUMMARY}
License: ${license}
AutoReqProv: no
Requires: glibc >= 2.28, libstdc++, libgcc, libatomic
%description
${description}.
%install
mkdir -p %{buildroot}
cp -a ${root}/. %{buildroot}/
%preun
[ "$1" != 0 ] || lastkmsg hook remove >/dev/null 2>&1 || :
%files
/usr/bin/lastkmsg
/usr/share/man/man1/lastkmsg.1.gz
/usr/share/bash-completion/completions/lastkmsg
/usr/share/zsh/site-functions/_lastkmsg
/usr/share/fish/vendor_completions.d/lastkmsg.fish
/usr/share/doc/lastkmsg
`,
  );
  run('rpmbuild', ['-bb', '--target', ARCH.rpm, '--define', `_topdir ${top}`, spec]);
  console.log(join(top, 'RPMS', ARCH.rpm, `lastkmsg-${version.replace(/-/g, '~')}-1.${ARCH.rpm}.rpm`));
}

function has(program) {
  const there = spawnSync(program, ['--version']).error === undefined;
  if (!there) console.log(`${program} is not installed: its package is left out`);
  return there;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
