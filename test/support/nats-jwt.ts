// What `nsc` makes for a server with decentralised credentials: JWTs of an operator, its accounts and their users.
import { nkeys } from '@nats-io/transport-node';

type KeyPair = ReturnType<typeof nkeys.createUser>;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function issue(by: KeyPair, subject: string, name: string, nats: Readonly<Record<string, unknown>>): string {
  const iat = Math.floor(Date.now() / 1000) - 60;
  const claims = { jti: `${name}-${iat}`, iat, iss: by.getPublicKey(), name, sub: subject, nats: { ...nats, version: 2 } };
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(claims)}`;
  return `${signed}.${Buffer.from(by.sign(Buffer.from(signed))).toString('base64url')}`;
}

const FREE = { subs: -1, conn: -1, leaf: -1, imports: -1, exports: -1, data: -1, payload: -1, wildcards: true };
const DISK = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

/** A server's configuration with an operator, and the credentials (a file's text) of a user of its one account. */
export function operatorMode(): { readonly config: string; readonly credentials: string } {
  const [operator, account, system, user] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount(), nkeys.createUser()];
  const accountJwt = issue(operator, account.getPublicKey(), 'fleet', { type: 'account', limits: { ...FREE, ...DISK } });
  const systemJwt = issue(operator, system.getPublicKey(), 'system', { type: 'account', limits: FREE });
  const userJwt = issue(account, user.getPublicKey(), 'machine', { type: 'user', subs: -1, data: -1, payload: -1 });
  const config = `operator: ${issue(operator, operator.getPublicKey(), 'operator', { type: 'operator' })}
system_account: ${system.getPublicKey()}
resolver: MEMORY
resolver_preload: { ${account.getPublicKey()}: ${accountJwt}, ${system.getPublicKey()}: ${systemJwt} }
`;
  const seed = Buffer.from(user.getSeed()).toString('latin1');
  const credentials = `-----BEGIN NATS USER JWT-----
${userJwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${seed}
------END USER NKEY SEED------
`;
  return { config, credentials };
}
