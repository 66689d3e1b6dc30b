// Whose a memory cgroup is: every driver and runtime that writes its id into the path.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cgroupOwner } from '../../../src/event/oom/cgroup.ts';

const ID = '4be1a9d2f0c3b5a69788fedcba98765432100123456789abcdef0123456789ab';
const UID = '9f3c1d70-0a1b-4c2d-8e3f-112233445566';
const PATHS: readonly (readonly [path: string, owner: Record<string, string>])[] = [
  ['/kubepods/besteffort/pod123/xyz', { pod: '123', container: 'xyz' }],
  [`/kubepods/burstable/pod${UID}/${ID}`, { pod: UID, container: ID }],
  [`/kubepods/pod${UID}`, { pod: UID }],
  [
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`,
    { pod: UID, container: ID, runtime: 'containerd' },
  ],
  [`/kubepods.slice/kubepods-pod${UID.replaceAll('-', '_')}.slice/crio-${ID}.scope`, { pod: UID, container: ID, runtime: 'cri-o' }],
  [
    `/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1_2.slice/docker-${ID}.scope`,
    { pod: '1-2', container: ID, runtime: 'docker' },
  ],
  [`/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-pod1_2.slice`, { pod: '1-2' }],
  [`/docker/${ID}`, { container: ID, runtime: 'docker' }],
  [`/system.slice/docker-${ID}.scope`, { container: ID, runtime: 'docker' }],
  [`/machine.slice/libpod-${ID}.scope/container`, { container: ID, runtime: 'podman' }],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope`, { container: ID, runtime: 'podman' }],
  [
    `/system.slice/containerd.service/kubepods-burstable-pod1_2.slice:cri-containerd:${ID}`,
    { pod: '1-2', container: ID, runtime: 'containerd' },
  ],
  ['/lxc.payload.web-1', { container: 'web-1', runtime: 'lxc' }],
  ['/lxc/web', { container: 'web', runtime: 'lxc' }],
  ['/system.slice/nginx.service', { unit: 'nginx.service' }],
  ['/system.slice/system-getty.slice/getty@tty1.service', { unit: 'getty@tty1.service' }],
  ['/user.slice/user-1000.slice/session-4.scope', { unit: 'session-4.scope' }],
  ['/system.slice/foo\\x2dbar.service', { unit: 'foo-bar.service' }],
  ['/system.slice', { unit: 'system.slice' }],
  ['/bound', {}],
  ['/', {}],
  ['', {}],
];

test('a directory that is called as what every object of JavaScript has', () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty']) assert.equal(cgroupOwner(`/${name}/a`), {});
});

for (const [path, owner] of PATHS) test(path || 'empty', () => assert.equal(cgroupOwner(path), owner));

test.run();
