/** A name server of its own on loopback, for tests: PTR, A and AAAA, over UDP and TCP; it can keep silent. */
import { parseAddress } from "../src/decision/address.ts";

export interface Zone {
  /** Names by address. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Addresses by name. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** Never answers what is asked about these names or addresses. */
  readonly silentOn?: readonly string[];
  /** Answers with SERVFAIL. */
  readonly failsOn?: readonly string[];
}

export interface DnsServer extends AsyncDisposable {
  /** As Resolver.setServers takes it. */
  readonly address: string;
  /** What was asked, as `PTR 192.0.2.1` or `A name`, in order. */
  readonly asked: readonly string[];
}

const types: Readonly<Record<number, string>> = { 1: "A", 12: "PTR", 28: "AAAA" };
const codes = { fine: 0, failed: 2, noSuchName: 3 } as const;
const udpBytesMax = 512;

/** RFC 1035, as much of it as a test needs. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const asked: string[] = [];
  const { udp, tcp } = await bothOnOnePort(zone, asked);
  return {
    address: `127.0.0.1:${udp.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      udp.close();
      tcp.stop(true);
    },
  };
}

/** The port that the system draws for UDP may be taken for TCP: then another is drawn. */
const drawsMax = 20;

async function bothOnOnePort(zone: Zone, asked: string[], draw = 1) {
  const udp = await listenUdp(zone, asked);
  try {
    return { udp, tcp: listenTcp(zone, asked, udp.port) };
  } catch (thrown) {
    udp.close();
    if (draw === drawsMax) throw thrown;
    return await bothOnOnePort(zone, asked, draw + 1);
  }
}

function listenUdp(zone: Zone, asked: string[]) {
  return Bun.udpSocket({
    hostname: "127.0.0.1",
    socket: {
      data(socket, query, port, address) {
        const answer = answerTo(query, zone, asked);
        if (answer === undefined) return;
        socket.send(answer.length <= udpBytesMax ? answer : truncated(answer), port, address);
      },
    },
  });
}

function listenTcp(zone: Zone, asked: string[], port: number) {
  return Bun.listen({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(socket, bytes) {
        const answer = answerTo(bytes.subarray(2), zone, asked);
        if (answer === undefined) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(answer.length);
        socket.write(Buffer.concat([length, answer]));
      },
    },
  });
}

function answerTo(query: Buffer, zone: Zone, asked: string[]): Buffer | undefined {
  const { name, end } = readName(query, 12);
  const type = types[query.readUInt16BE(end)] ?? "other";
  const subject = type === "PTR" ? addressOf(name) : name;
  asked.push(`${type} ${subject}`);
  if (zone.silentOn?.includes(subject) === true) return undefined;
  if (zone.failsOn?.includes(subject) === true) return message(query, end + 4, codes.failed, []);
  const found = (type === "PTR" ? zone.names : zone.addresses)?.[subject];
  if (found === undefined) return message(query, end + 4, codes.noSuchName, []);
  const data = type === "PTR" ? found.map(writeName) : found.flatMap((each) => addressRecord(each, type));
  return message(query, end + 4, codes.fine, data);
}

/** Only of the kind that was asked for. */
function addressRecord(address: string, type: string): Buffer[] {
  const bytes = parseAddress(address)?.bytes ?? [];
  const isAsked = (type === "A" && bytes.length === 4) || (type === "AAAA" && bytes.length === 16);
  return isAsked ? [Buffer.from(bytes)] : [];
}

function message(query: Buffer, questionEnd: number, code: number, data: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 6);
  const question = query.subarray(12, questionEnd);
  const type = question.subarray(-4, -2);
  const records = data.map((bytes) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    type.copy(record, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(0, 6);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, question, ...records]);
}

/** Only that there is more: the client asks again over TCP. */
function truncated(answer: Buffer): Buffer {
  const { end } = readName(answer, 12);
  const short = Buffer.from(answer.subarray(0, end + 4));
  short.writeUInt16BE(short.readUInt16BE(2) | 0x0200, 2);
  short.writeUInt16BE(0, 6);
  return short;
}

function readName(bytes: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) {
    labels.push(bytes.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.alloc(1)]);
}

/** `1.2.0.192.in-addr.arpa`, `….ip6.arpa` → the address. */
function addressOf(reverse: string): string {
  const labels = reverse.split(".").slice(0, -2).reverse();
  if (reverse.endsWith(".in-addr.arpa")) return labels.join(".");
  const groups = labels.join("").match(/.{4}/g)?.join(":") ?? "";
  return parseAddress(groups)?.text ?? "";
}
