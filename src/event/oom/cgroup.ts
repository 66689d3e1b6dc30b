/** Whose a memory cgroup is, as far as its path says. Ids are as in the path; a pod's are dashed as the API server prints them. */
export interface CgroupOwner {
  readonly pod?: string;
  readonly container?: string;
  readonly runtime?: string;
  readonly unit?: string;
}

/** `cri-containerd-ID.scope`, `crio-ID.scope`, `docker-ID.scope`, `libpod-ID.scope`: the systemd driver's prefixes by runtime. */
const SCOPES: readonly (readonly [prefix: string, runtime: string])[] = [
  ['cri-containerd-', 'containerd'],
  ['crio-', 'cri-o'],
  ['docker-', 'docker'],
  ['libpod-payload-', 'podman'],
  ['libpod-', 'podman'],
  ['nerdctl-', 'containerd'],
  ['containerd-', 'containerd'],
  ['lxc.payload.', 'lxc'],
  ['machine-', 'systemd-nspawn'],
];
/** Directories whose child is a container with the cgroupfs driver. */
const PARENTS: ReadonlyMap<string, string> = new Map([
  ['docker', 'docker'],
  ['libpod_parent', 'podman'],
  ['lxc.payload', 'lxc'],
  ['lxc', 'lxc'],
  ['actions_job', 'docker'],
  ['ecs', 'docker'],
  ['garden', 'garden'],
  ['machine', 'libvirt'],
]);
const HEX_ID = /^[0-9a-f]{12,64}$/;
const UNIT = /\.(?:service|scope|slice|mount|socket|swap)$/;

/** systemd writes a dash of a name as `\x2d`, in a slice's name the parts are joined by dashes. */
const unescapeUnit = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Reads the owner out of a cgroup path: kubelet with the cgroupfs driver (`/kubepods/burstable/podUID/ID`) and the systemd driver
 * (`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUID.slice/cri-containerd-ID.scope`), containerd, CRI-O, docker,
 * podman, lxc, plain systemd units.
 */
export function cgroupOwner(path: string): CgroupOwner {
  const parts = path.split('/').filter((part) => part !== '');
  const { pod, at } = podOf(parts);
  // a node that is itself a container (lxc, kind) stands above its pods
  const found = containerOf(parts, pod === undefined ? 0 : at, pod !== undefined);
  const unit = pod === undefined && found?.runtime === undefined ? unitOf(parts) : undefined;
  return {
    ...(pod === undefined ? {} : { pod }),
    ...(found?.id === undefined ? {} : { container: found.id }),
    ...(found?.runtime === undefined ? {} : { runtime: found.runtime }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** `pod123`, `pod9f3c1d70-…`, `kubepods-burstable-pod9f3c1d70_….slice` (the driver writes a UID's dashes as underscores). */
function podOf(parts: readonly string[]): { readonly pod?: string; readonly at: number } {
  const at = parts.findIndex((part) => /^kubepods(?:[.-]|$)|^kubelet-kubepods/.test(part));
  for (let i = parts.length - 1; at >= 0 && i >= at; i--) {
    const part = parts[i] ?? '';
    const slice = /^kube(?:let-kube)?pods(?:-[a-z]+)?-pod([^:]+)\.slice(?::.*)?$/.exec(part)?.[1];
    if (slice !== undefined) return { pod: slice.replaceAll('_', '-'), at: i };
    const plain = /^pod(.+)$/.exec(part)?.[1];
    if (plain !== undefined) return { pod: plain, at: i };
  }
  return { at: -1 };
}

function containerOf(parts: readonly string[], from: number, inPod: boolean): { id?: string; runtime?: string } | undefined {
  for (let i = parts.length - 1; i >= from; i--) {
    const part = parts[i] ?? '';
    // containerd's systemd driver without CRI: `system.slice:docker:ID`
    const colons = part.split(':');
    const name = (colons.length === 3 ? (colons[2] ?? '') : part).replace(/\.scope$/, '');
    const scope = SCOPES.find(([prefix]) => name.startsWith(prefix) && name.length > prefix.length);
    if (scope && (part.endsWith('.scope') || HEX_ID.test(name.slice(scope[0].length)) || scope[1] === 'lxc')) {
      return { id: unescapeUnit(name.slice(scope[0].length)), runtime: scope[1] };
    }
    if (colons.length === 3 && HEX_ID.test(name))
      return { id: name, runtime: colons[1] === 'cri-containerd' ? 'containerd' : (colons[1] ?? '') };
    const parent = parts[i - 1];
    const runtime = parent === undefined ? undefined : PARENTS.get(parent);
    if (runtime !== undefined && part !== 'buildx') return { id: name, runtime };
    // cgroupfs: below the pod stands the container's bare id
    if (inPod && parent !== undefined && /^pod./.test(parent)) return { id: part };
    if (HEX_ID.test(name) && name.length === 64) return { id: name };
  }
  return undefined;
}

/** The innermost unit: `nginx.service`, `session-4.scope`; a slice only where nothing is inside it. */
function unitOf(parts: readonly string[]): string | undefined {
  const units = parts.filter((part) => UNIT.test(part));
  const inner = units.findLast((part) => !part.endsWith('.slice')) ?? units.at(-1);
  return inner === undefined ? undefined : unescapeUnit(inner);
}
