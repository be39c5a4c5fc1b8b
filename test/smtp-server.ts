/** A mail server on any free port that takes what it is given (RFC 5321), or behaves as badly as it is told to. */
import { createServer, type Socket } from "node:net";

export interface Mail {
  readonly from: string;
  readonly to: string;
  /** Headers and body as they came. */
  readonly text: string;
}

export interface SmtpServer extends AsyncDisposable {
  /** `127.0.0.1:40125` */
  readonly address: string;
  readonly mails: readonly Mail[];
  /** What clients said, line by line, but for the letters themselves. */
  readonly said: readonly string[];
  /** Resolves with the next mail. */
  next(): Promise<Mail>;
}

export type Temper = "well" | "refuses" | "silent";

/** `temper` is asked at each connection. */
export async function smtpServer(temper: () => Temper = () => "well"): Promise<SmtpServer> {
  const mails: Mail[] = [];
  const said: string[] = [];
  const waiting: ((mail: Mail) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    const mood = temper();
    if (mood === "silent") return;
    converse(socket, mood, said, (mail) => {
      mails.push(mail);
      waiting.splice(0).forEach((resolve) => resolve(mail));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    address: `127.0.0.1:${port}`,
    mails,
    said,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, mood: Temper, said: string[], take: (mail: Mail) => void): void {
  let rest = "";
  let letter: string[] | undefined;
  let from = "";
  let to = "";
  const answer = (line: string): void => void socket.write(`${line}\r\n`);
  const hear = (line: string): void => {
    if (letter !== undefined) {
      if (line !== ".") return void letter.push(line.replace(/^\.\./, "."));
      take({ from, to, text: letter.join("\r\n") });
      letter = undefined;
      return answer("250 taken");
    }
    said.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO") return answer("250-mail.example.org\r\n250 AUTH PLAIN");
    if (verb === "MAIL") from = line.replace(/.*<(.*)>.*/, "$1");
    if (verb === "RCPT") to = line.replace(/.*<(.*)>.*/, "$1");
    if (verb === "RCPT" && mood === "refuses") return answer("550 no such person\u001b[2J");
    if (verb === "AUTH") return answer("235 welcome");
    if (verb === "STAR") return answer("502 not here");
    if (verb === "QUIT") return void socket.end("221 bye\r\n");
    if (verb !== "DATA") return answer("250 ok");
    letter = [];
    answer("354 go on");
  };
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    lines.forEach(hear);
  });
  answer("220 mail.example.org");
}
