// --import: a program that dies between what it did and telling the server so, by SIGKILL; what it wrote to its connection before arrives.
import { Socket } from 'node:net';

const { write } = Socket.prototype;
Socket.prototype.write = function (data, ...rest) {
  if (Buffer.from(data).includes('+ACK')) process.kill(process.pid, 'SIGKILL');
  return write.call(this, data, ...rest);
};
