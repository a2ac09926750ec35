import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { Outbox } from "../capture/outbox.ts";
import { rowOf } from "../capture/rows.ts";
import { Sender, type SenderOptions, type SendingState } from "../capture/sender.ts";
import type { Operation } from "../shared/protocol.ts";

/** A small server that keeps what it is given once per id, and can be told to fail before or after keeping it. */
class Journal {
  readonly kept: Operation[] = [];
  requests = 0;
  csrf = "good";
  fail: (asked: readonly Operation[], response: ServerResponse) => boolean = () => false;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.includes("/seat")) return void response.end(JSON.stringify({ seat: {}, csrf: this.csrf }));
    let body = "";
    for await (const piece of request) body += String(piece);
    this.requests += 1;
    const { operations } = JSON.parse(body) as { operations: Operation[] };
    if (request.headers["x-csrftoken"] !== this.csrf) return refuse(response, 400, "csrf");
    if (this.fail(operations, response)) return;
    response.end(JSON.stringify({ receipts: operations.map((operation) => this.keep(operation)), head: this.kept.length }));
  }

  keep(operation: Operation): object {
    const before = this.kept.findIndex((other) => other.id === operation.id);
    if (before >= 0) return { id: operation.id, position: before + 1, outcome: "replayed" };
    this.kept.push(operation);
    return { id: operation.id, position: this.kept.length, outcome: "done" };
  }
}

function refuse(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end(JSON.stringify({ error: { code, status, sentence: "Non.", data: {} } }));
}

async function sending(
  count: number,
  prepare: (journal: Journal) => void,
  until: (journal: Journal, outbox: Outbox) => boolean,
  more: Partial<SenderOptions> = {},
) {
  const journal = new Journal();
  prepare(journal);
  const server = createServer((request, response) => void journal.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outbox = await Outbox.open("essai");
  const texts = Array.from({ length: count }, (_, index) => `note ${index}`);
  await outbox.add(texts.map((text, index) => rowOf("a1", "note.written", { note_id: String(index), text })));
  const states: SendingState[] = [];
  const doors = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sender = new Sender({ doors, outbox, csrf: "good", onState: (state) => states.push(state), ...more });
  const running = sender.run();
  const deadline = Date.now() + 10_000;
  while (!until(journal, outbox) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  sender.stop();
  await running;
  server.closeAllConnections();
  server.close();
  return { journal, outbox, states, texts };
}

const allReceived = (_: Journal, outbox: Outbox): boolean => outbox.rows.every((row) => row.state === "received");

test("everything drains, in order, once", async () => {
  const { journal, outbox, texts } = await sending(120, () => undefined, allReceived);
  assert.deepEqual(journal.kept.map((operation) => operation.payload.text), texts);
  assert.deepEqual(outbox.rows.map((row) => row.position), texts.map((_, index) => index + 1));
  assert.equal(journal.requests, 3);
});

test("an answer lost after the notes were kept doubles nothing", async () => {
  let lost = 0;
  const { journal, texts } = await sending(
    3,
    (server) => {
      server.fail = (asked, response) => {
        if ((lost += 1) > 1) return false;
        for (const operation of asked) server.keep(operation);
        response.destroy();
        return true;
      };
    },
    allReceived,
  );
  assert.deepEqual(journal.kept.map((operation) => operation.payload.text), texts);
});

test("an expired token is renewed and the queue replayed", async () => {
  const { journal } = await sending(2, (server) => (server.csrf = "renewed"), allReceived);
  assert.equal(journal.kept.length, 2);
});

test("a server in trouble keeps the rows waiting, and says so", async () => {
  const { outbox, states } = await sending(
    2,
    (server) => (server.fail = (_, response) => (refuse(response, 503, "server"), true)),
    (server) => server.requests >= 2,
  );
  assert.deepEqual(outbox.rows.map((row) => row.state), ["waiting", "waiting"]);
  assert.equal(states.at(0)?.trouble, "server");
});

test("a captive portal's page is not a receipt", async () => {
  const { outbox } = await sending(
    1,
    (server) => (server.fail = (_, response) => (response.end("<html>Bienvenue</html>"), true)),
    (server) => server.requests >= 1,
  );
  assert.equal(outbox.rows[0]?.state, "waiting");
});

test("a closed seat keeps the notes and the sentence", async () => {
  const { outbox, states } = await sending(
    1,
    (server) => (server.fail = (_, response) => (refuse(response, 403, "seat.revoked"), true)),
    (server) => server.requests >= 2,
  );
  assert.equal(outbox.rows[0]?.state, "waiting");
  assert.deepEqual(states.at(-1), { trouble: "closed", refusal: { code: "seat.revoked", status: 403, sentence: "Non.", retryAfter: null } });
});

test("one unreadable row does not hold back the others", async () => {
  const { journal, outbox } = await sending(
    5,
    (server) => {
      server.fail = (asked, response) => {
        if (!asked.some((operation) => operation.payload.text === "note 2")) return false;
        refuse(response, 400, "operation.invalid");
        return true;
      };
    },
    (_, kept) => kept.rows.every((row) => row.state !== "waiting"),
  );
  assert.deepEqual(journal.kept.map((operation) => operation.payload.text), ["note 0", "note 1", "note 3", "note 4"]);
  assert.deepEqual(outbox.rows.filter((row) => row.state === "refused").map((row) => row.payload.text), ["note 2"]);
});

test("a server that asks for time is given it", async () => {
  let asked = 0;
  const started = Date.now();
  await sending(
    1,
    (server) => (server.fail = (_, response) => (asked += 1) === 1 && (refuse(response, 429, "too_many", { "Retry-After": "1" }), true)),
    allReceived,
  );
  assert.ok(Date.now() - started >= 1_000);
});

test("a token that is stale again after its renewal refuses no note", async () => {
  let stale = 3;
  const { outbox, journal, texts } = await sending(
    1,
    (server) => {
      server.fail = (_, response) => {
        if ((stale -= 1) < 0) return false;
        refuse(response, 400, "csrf");
        return true;
      };
    },
    (_, rows) => rows.rows.every((row) => row.state !== "waiting"),
  );
  assert.deepEqual(outbox.rows.map((row) => row.state), ["received"]);
  assert.deepEqual(journal.kept.map((operation) => operation.payload.text), texts);
});

test("a note that the server already has with other words is sent as its edit", async () => {
  const { journal, outbox } = await sending(
    1,
    (server) => {
      server.fail = (asked, response) => {
        if (asked[0]?.name !== "note.written") return false;
        const refusal = { code: "operation.reused", status: 409, sentence: "Déjà.", data: {} };
        response.end(JSON.stringify({ receipts: asked.map(({ id }) => ({ id, refusal })), head: 0 }));
        return true;
      };
    },
    allReceived,
  );
  assert.deepEqual(journal.kept.map(({ name, payload }) => [name, payload]), [["note.edited", { note_id: "0", text: "note 0", base: 0 }]]);
  assert.equal(outbox.rows[0]?.state, "received");
});

test("a tab that sleeps with its turn does not hold back the notes of another", async () => {
  const journal = new Journal();
  const server = createServer((request, response) => void journal.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outbox = await Outbox.open("essai");
  await outbox.add([rowOf("a1", "note.written", { note_id: "n", text: "une" })]);
  const asleep = { request: (_: string, { signal }: { signal: AbortSignal }) => new Promise((__, reject) => (signal.onabort = () => reject(signal.reason))) };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: asleep } });
  const sender = new Sender({ doors: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, outbox, csrf: "good", turn: 50 });
  const running = sender.run();
  while (!allReceived(journal, outbox)) await new Promise((resolve) => setTimeout(resolve, 10));
  sender.stop();
  await running;
  Reflect.deleteProperty(globalThis, "navigator");
  server.closeAllConnections();
  server.close();
  assert.deepEqual(journal.kept.map((operation) => operation.payload.text), ["une"]);
});

test("after an answer that did not come for long, fewer go at a time, and more again once they get through", async () => {
  const sizes: number[] = [];
  const slow = (server: Journal): void => {
    server.fail = (asked, response) => {
      if (sizes.push(asked.length) > 1) return false;
      setTimeout(() => response.destroy(), 100);
      return true;
    };
  };
  await sending(80, slow, allReceived, { long: 50 });
  assert.deepEqual(sizes, [50, 25, 50, 5]);
});
