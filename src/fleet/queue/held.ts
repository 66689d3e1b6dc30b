import type { JsMsg } from '@nats-io/jetstream';

/** Messages that were taken and are not done: the server is told that they are worked on, so that it gives them to nobody else. */
export class Held {
  readonly #messages = new Set<JsMsg>();
  readonly #timer: NodeJS.Timeout;

  /** @param ackWaitMs after which the server takes a message for lost */
  constructor(ackWaitMs: number) {
    this.#timer = setInterval(() => {
      for (const message of this.#messages) message.working();
    }, ackWaitMs / 3);
  }

  hold<T extends JsMsg | null>(message: T): T {
    if (message !== null) this.#messages.add(message);
    return message;
  }

  release(message: JsMsg): void {
    this.#messages.delete(message);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
