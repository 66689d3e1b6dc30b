#!/usr/bin/env bash
# try-tarball.sh NODE…: the npm package, packed, installed in a directory without the checkout and run by each node; then what README
# promises. Needs the npm registry, for the optional disassembler. Says what fails, and ends with 1.
set -uo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
chmod 755 "$dir" # the hook reads as nobody
trap 'rm -rf "$dir"' EXIT
failed=0
tarball=$dir/$(npm pack --silent --pack-destination "$dir" | tail -n 1) || exit 1
size=$(stat -c %s "$tarball")
if [ "$size" -lt 2000000 ]; then echo "ok   $size bytes packed"; else echo "FAIL $size bytes packed, 2,000,000 at most"; failed=1; fi
mkdir "$dir/home" "$dir/here" && cd "$dir/here" && echo '{"private":true}' >package.json
npm install --no-audit --no-fund --silent "$tarball" || exit 1
bin=$dir/here/node_modules/.bin sample=$dir/here/node_modules/lastkmsg/samples/x86_64-5.10-two-ooms-then-oops/vmcore
inside() { env -i HOME="$dir/home" PATH="$bin:$path:/usr/sbin:/usr/bin:/sbin:/bin" TERM=xterm-256color LC_ALL=C.UTF-8 "$@"; }
try() { # try WHAT EXPECTED-CODE PATTERN COMMAND…
  local what=$1 code=$2 pattern=$3 out got; shift 3
  out=$(inside "$@" 2>&1 </dev/null); got=$?
  if [ "$got" -eq "$code" ] && grep -qaE -- "$pattern" <<<"$out"; then echo "ok   $what"; else echo "FAIL $what (exit $got): ${out:0:400}"; failed=1; fi
}
for node in "$@"; do
  path=$(dirname "$(realpath "$(command -v "$node")")")
  root=$dir/root-$("$node" --version)
  mkdir -p "$root/etc" "$root/var/crash/202611290101"
  try "node" 0 "^$("$node" --version)\$" node --version
  try '--version' 0 '^[0-9]+\.' lastkmsg --version
  try 'vmcore-dmesg' 0 'Linux version 5.10' vmcore-dmesg "$sample"
  try 'dmesg' 0 'Linux version 5.10' lastkmsg dmesg "$sample"
  try 'events' 0 '"kind":"null-dereference"' lastkmsg events "$sample"
  try 'instructions' 0 '"instructions":\[\{' lastkmsg events "$sample"
  try 'incidents' 0 'headline' lastkmsg incidents "$sample"
  try 'the summary' 0 'NULL pointer' lastkmsg "$sample"
  try 'report' 0 '' lastkmsg report --force "$sample" -o "$dir/crash.html"
  try 'the report is there' 0 '<html' cat "$dir/crash.html"
  try 'tui' 0 'fault_null' sh -c "(sleep 3; printf q) | script -qec 'stty rows 30 cols 100; lastkmsg tui $sample' /dev/null"
  try 'the manual page' 0 'lastkmsg trim' sh -c "man -l '$dir/here/node_modules/lastkmsg/dist/lastkmsg.1' 2>/dev/null || cat '$dir/here/node_modules/lastkmsg/dist/lastkmsg.1'"
  try 'completion' 0 '^incidents$' bash -c 'eval "$(lastkmsg completion bash)"; COMP_WORDS=(lastkmsg inci); COMP_CWORD=1; _lastkmsg; printf "%s\n" "${COMPREPLY[@]}"'
  try 'doctor' 10 'kdump' lastkmsg doctor --root "$root"
  try 'hook install' 0 'lastkmsg-hook.service' lastkmsg hook install --root "$root"
  try 'hook status' 0 'lastkmsg-hook' lastkmsg hook status --root "$root"
  cp "$sample" "$root/var/crash/202611290101/dump.202611290101" && touch -d '1 hour ago' "$root/var/crash/202611290101/dump.202611290101"
  try 'hook run' 0 'report.html' lastkmsg hook run "$root/var/crash"
  try 'its report is there' 0 '<html' cat "$root/var/crash/202611290101/lastkmsg/report.html"
  try 'hook remove' 0 '' lastkmsg hook remove --root "$root"
done
exit $failed
