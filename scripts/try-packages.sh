#!/usr/bin/env bash
# try-packages.sh: a fresh Debian without Node, into which the package is installed; then what README promises, and its removal. As root.
# `try-packages.sh ROOT` keeps the root for the next time. Says what fails, and ends with 1; with 77 where
# no fresh Debian can be made.
set -uo pipefail
cd "$(dirname "$0")/.."
keep=${1:-}
root=${keep:-$(mktemp -d)}
package=$(ls build/lastkmsg_*.deb) || { echo "run npm run build:packages first"; exit 1; }
failed=0
[ -x "$root/bin/sh" ] || debootstrap --variant=minbase --include=man-db,bash-completion,bsdutils,libatomic1,libstdc++6 bookworm "$root" >/dev/null || { echo 'no fresh Debian could be made here'; exit 77; }
chmod 755 "$root" # mktemp makes it the owner's alone, and the hook reads as nobody
mount -t proc proc "$root/proc" && mount -t devpts devpts "$root/dev/pts" 2>/dev/null
clean() { umount "$root/dev/pts" "$root/proc" 2>/dev/null; [ -n "$keep" ] || rm -rf "$root"; }
trap clean EXIT
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=xterm-256color LC_ALL=C.UTF-8 "$@"; }
try() { # try WHAT EXPECTED-CODE PATTERN COMMAND…
  local what=$1 code=$2 pattern=$3 out got; shift 3
  out=$(inside "$@" 2>&1); got=$?
  if [ "$got" -eq "$code" ] && grep -qaE -- "$pattern" <<<"$out"; then echo "ok   $what"; else echo "FAIL $what (exit $got): ${out:0:400}"; failed=1; fi
}
cp "$package" "$root/tmp/lastkmsg.deb"
sample=/usr/share/doc/lastkmsg/examples/x86_64-5.10-two-ooms-then-oops/vmcore
try 'there is no node' 127 . sh -c 'node --version'
try 'dpkg -i' 0 . dpkg -i /tmp/lastkmsg.deb
try '--version' 0 '^[0-9]+\.' lastkmsg --version
try 'dmesg' 0 'Linux version 5.10' lastkmsg dmesg $sample
try 'events' 0 '"kind":"null-dereference"' lastkmsg events $sample
try 'incidents' 0 'headline' lastkmsg incidents $sample
try 'the summary' 0 'NULL pointer' lastkmsg $sample
try 'report' 0 '' lastkmsg report $sample -o /tmp/crash.html
try 'the report is there' 0 '<html' cat /tmp/crash.html
try 'tui' 0 'fault_null' sh -c "(sleep 3; printf q) | script -qec 'stty rows 30 cols 100; lastkmsg tui $sample' /dev/null"
try 'man lastkmsg' 0 'lastkmsg trim' sh -c 'MANPAGER=cat man lastkmsg'
try 'completion' 0 '^incidents$' bash -c '. /usr/share/bash-completion/completions/lastkmsg; COMP_WORDS=(lastkmsg inci); COMP_CWORD=1; _lastkmsg; printf "%s\n" "${COMPREPLY[@]}"'
try 'doctor' 10 'kdump' lastkmsg doctor
try 'hook install' 0 'lastkmsg-hook.service' lastkmsg hook install
try 'hook status' 0 'enabled' lastkmsg hook status
mkdir -p "$root/var/crash/202611290101" && cp "$root$sample" "$root/var/crash/202611290101/dump.202611290101" && touch -d '1 hour ago' "$root/var/crash/202611290101/dump.202611290101"
try 'hook run' 0 'report: /var/crash/202611290101/lastkmsg/report.html' lastkmsg hook run
try 'its report is there' 0 '<html' cat /var/crash/202611290101/lastkmsg/report.html
try 'dpkg -r' 0 . dpkg -r lastkmsg
try 'nothing of it is left' 1 '^$' sh -c 'find / -xdev -path /tmp -prune -o -path /var/crash -prune -o -path /var/lib/dpkg -prune -o -path /proc -prune -o -path /var/cache -prune -o -name "*lastkmsg*" -print | grep .; [ $? -eq 0 ] && exit 0 || { echo; exit 1; }'
exit $failed
